package io.catwalk.pictureset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;

import io.catwalk.dataset.BadDatasetException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StratifiedSplitTest {
    private static final SplitShares SHARES = new SplitShares(0.1, 0.2);

    @Test
    void eachClassGivesItsShare() {
        PictureIndex index = index(made(300, 3));

        StratifiedSplit.decide(index, 3, SHARES, 1);

        for (int number = 0; number < 3; number++) {
            assertThat(count(index, number, Split.TEST)).isEqualTo(20);
            assertThat(count(index, number, Split.VALIDATION)).isEqualTo(10);
            assertThat(count(index, number, Split.TRAIN)).isEqualTo(70);
        }
    }

    @Property(tries = 200)
    void theOrderDecidesNothingAndEqualPicturesStayTogether(
            @ForAll long seed, @ForAll @IntRange(min = 40, max = 200) int count, @ForAll Random random) {
        List<Picture> pictures = new ArrayList<>(made(count, 2));
        pictures.addAll(pictures.subList(0, count / 2));
        PictureIndex index = index(pictures);
        StratifiedSplit.decide(index, 2, SHARES, seed);
        Map<Picture, Split> splits = splits(index, pictures);

        Collections.shuffle(pictures, random);
        PictureIndex shuffled = index(pictures);
        StratifiedSplit.decide(shuffled, 2, SHARES, seed);

        assertThat(splits(shuffled, pictures)).isEqualTo(splits);
    }

    @Test
    void anotherSeedSplitsOtherwise() {
        List<Picture> pictures = made(200, 2);
        PictureIndex one = index(pictures);
        StratifiedSplit.decide(one, 2, SHARES, 1);
        PictureIndex other = index(pictures);
        StratifiedSplit.decide(other, 2, SHARES, 2);

        assertThat(splits(one, pictures)).isNotEqualTo(splits(other, pictures));
    }

    @Test
    void aGivenTestSplitStaysAndTrainGivesValidation() {
        List<Picture> pictures = made(200, 2);
        PictureIndex index = index(pictures, place -> Optional.of(place < 40 ? Split.TEST : Split.TRAIN));

        StratifiedSplit.decide(index, 2, SHARES, 1);

        for (int picture = 0; picture < 200; picture++) {
            assertThat(index.split(picture).orElseThrow() == Split.TEST).isEqualTo(picture < 40);
        }
        assertThat(count(index, 0, Split.VALIDATION)).isEqualTo(8);
    }

    @Test
    void refusesWhatCantBeSplit() {
        PictureIndex some = index(made(2, 2), place -> Optional.of(Split.TRAIN).filter(split -> place == 0));
        assertThatThrownBy(() -> StratifiedSplit.decide(some, 2, SHARES, 1))
                .isInstanceOf(BadDatasetException.class)
                .hasMessage("a split must be given for all pictures or for none, but 1 of 2 have none");

        assertThatThrownBy(() -> StratifiedSplit.decide(index(made(4, 2)), 2, SHARES, 1))
                .isInstanceOf(BadDatasetException.class)
                .hasMessage("no picture is in the split validation: the set is too small for its shares");
    }

    private record Picture(Key key, int number) {}

    private static List<Picture> made(int count, int classes) {
        List<Picture> pictures = new ArrayList<>();
        for (int picture = 0; picture < count; picture++) {
            pictures.add(new Picture(Key.of("picture " + picture), picture % classes));
        }
        return pictures;
    }

    private static PictureIndex index(List<Picture> pictures) {
        return index(pictures, place -> Optional.empty());
    }

    /** @param split given for a place */
    private static PictureIndex index(List<Picture> pictures, IntFunction<Optional<Split>> split) {
        try {
            Path folder = Files.createTempDirectory("picture-index");
            PictureIndex index = new PictureIndex(folder);
            try (index) {
                for (int place = 0; place < pictures.size(); place++) {
                    index.add(pictures.get(place).key(), pictures.get(place).number(), split.apply(place));
                }
            } finally {
                Files.delete(folder.resolve("keys"));
                Files.delete(folder);
            }
            return index;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws AssertionError when equal pictures are in two splits */
    private static Map<Picture, Split> splits(PictureIndex index, List<Picture> pictures) {
        Map<Picture, Split> splits = new HashMap<>();
        for (int picture = 0; picture < pictures.size(); picture++) {
            Split split = index.split(picture).orElseThrow();
            Split before = splits.put(pictures.get(picture), split);
            assertThat(before == null || before == split).isTrue();
        }
        return splits;
    }

    private static int count(PictureIndex index, int number, Split split) {
        int count = 0;
        for (int picture = 0; picture < index.size(); picture++) {
            count +=
                    index.classNumber(picture) == number && index.split(picture).orElseThrow() == split ? 1 : 0;
        }
        return count;
    }
}
