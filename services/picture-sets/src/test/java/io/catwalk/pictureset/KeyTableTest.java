package io.catwalk.pictureset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class KeyTableTest {
    /** Few keys, of which many share a slot. */
    @Property(tries = 300)
    void isAMap(@ForAll @Size(max = 400) List<@IntRange(max = 300) Integer> keys) {
        KeyTable table = new KeyTable();
        Map<Integer, Integer> map = new HashMap<>();
        for (int number = 0; number < keys.size(); number++) {
            int key = keys.get(number);
            Integer before = map.putIfAbsent(key, number);
            assertThat(table.putIfAbsent(key(key), number))
                    .isEqualTo(before == null ? OptionalInt.empty() : OptionalInt.of(before));
        }
        assertThat(table.size()).isEqualTo(map.size());
        map.forEach((key, number) -> assertThat(table.find(key(key))).hasValue(number));
        assertThat(table.find(key(301))).isEmpty();
    }

    private static Key key(int number) {
        return new Key(number % 7, (long) (number % 5) << 32 | number / 35 << 8);
    }
}
