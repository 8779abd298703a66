package io.catwalk.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "a/b", "%2e%2e", "a\u0000", "a\n", "A", ".a", "-a", "ü"})
    void refusesWhatIsNotSafeInAKey(String value) {
        assertThatThrownBy(() -> new Name(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsItsOwnFolders() {
        Digest digest = new Digest("0".repeat(64));
        assertThat(Artifacts.isOwn(new Folder(Artifacts.blob(digest).path() + "/")))
                .isTrue();
        assertThat(Artifacts.isOwn(Artifacts.selfTest(new Name("a")))).isTrue();
        for (JobKind kind : JobKind.values()) {
            assertThat(Artifacts.isOwn(Artifacts.all(kind))).isTrue();
            assertThat(Artifacts.isOwn(Artifacts.open(kind))).isTrue();
        }
        assertThat(Artifacts.isOwn(Artifacts.datasets())).isTrue();
        assertThat(Artifacts.isOwn(Artifacts.models())).isTrue();
        assertThat(Artifacts.isOwn(new Folder("incoming/fashion-mnist/"))).isFalse();
        assertThat(Artifacts.isOwn(new Folder("blobs-of-mine/"))).isFalse();
    }

    @Test
    void takesUpTo63Characters() {
        assertThat(new Name("a".repeat(63)).value()).hasSize(63);
        assertThat(Name.isValid("a".repeat(64))).isFalse();
        assertThat(Artifacts.labelJournal(new Name("fashion"), new Name("stable")))
                .hasToString("models/fashion/labels/stable/journal/");
    }

    @Test
    void takesTheNamesAmongWords() {
        assertThat(Name.among(Stream.of("b", ".b.tmp", "A", "a"))).containsExactly(new Name("b"), new Name("a"));
    }
}
