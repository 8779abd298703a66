package io.catwalk.pictureset;

import java.io.ByteArrayInputStream;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.catwalk.dataset.BadDatasetException;
import io.catwalk.fuzzing.ParserProperty;
import org.junit.jupiter.params.provider.MethodSource;

class ListedLabelsFuzzTest {
    /** Buffers, one record of 64 Ki characters and its parts; the path of each row is digested. */
    private static final ParserProperty PROPERTY =
            ParserProperty.refusesWith(BadDatasetException.class).allocates(4 << 20, 1000);

    static Stream<byte[]> seeds() {
        return Stream.of(
                Archives.text("path,label\na/1.png,daisy\n"),
                Archives.text("\uFEFFlabel,split,path\r\n\"a \"\"b\"\"\",val,1.png\r\n"),
                Archives.text("path,label\n\"" + "x".repeat(70_000)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsOrRefuses(byte[] csv) {
        PROPERTY.check(csv.length, () -> ListedLabels.read(new ByteArrayInputStream(csv), 100));
    }
}
