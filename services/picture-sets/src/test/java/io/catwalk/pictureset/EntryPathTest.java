package io.catwalk.pictureset;

import static org.assertj.core.api.Assertions.assertThat;

import io.catwalk.dataset.BadDatasetException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryPathTest {
    @ParameterizedTest
    @CsvSource({
        "a/b.png, false",
        "__MACOSX/a/._b.png, true",
        "a/.DS_Store, true",
        ".git/a/b.png, true",
        "a/Thumbs.db, true",
        "a/Desktop.ini, true",
    })
    void knowsWhatSystemsAdd(String path, boolean beside) {
        assertThat(EntryPath.parse(path).isBeside()).isEqualTo(beside);
    }

    @ParameterizedTest
    @CsvSource({"a/B.png, A/b.png", "straße/1, STRASSE/1", "ς/1, Σ/1", "cafe\u0301/1, CAFÉ/1"})
    void pathsOfOneFileAreEqualWhenFolded(String one, String other) {
        assertThat(EntryPath.parse(one).folded())
                .isEqualTo(EntryPath.parse(other).folded());
    }

    @Property(tries = 1000)
    void anyPathIsPlainOrRefused(@ForAll String written) {
        try {
            EntryPath path = EntryPath.parse(written);
            assertThat(path.segments()).isNotEmpty().noneMatch(String::isBlank).doesNotContain(".", "..");
            assertThat(EntryPath.parse(path.toString())).isEqualTo(path);
        } catch (BadDatasetException e) {
            assertThat(e.getMessage()).startsWith("its path");
        }
    }
}
