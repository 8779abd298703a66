package io.catwalk.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path temporary;

    @Test
    void oneStackAtATimeHoldsAFolder() {
        Path folder = temporary.resolve("new/one");
        DataFolder first = DataFolder.hold(folder);
        assertThatThrownBy(() -> DataFolder.hold(folder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is in use by another stack");
        first.close();
        DataFolder.hold(folder).close();
    }

    @Test
    void clearingLeavesAFolderThatIsStillHeld() throws Exception {
        DataFolder held = DataFolder.hold(temporary);
        Files.createDirectories(temporary.resolve("store/buckets"));
        Files.writeString(temporary.resolve("store/buckets/object"), "1");
        held.clear();
        try (var files = Files.list(temporary)) {
            assertThat(files).containsExactly(temporary.resolve("lock"));
        }
        assertThatThrownBy(() -> DataFolder.hold(temporary)).hasMessageContaining("in use");
        held.close();
    }

    @Test
    void aFolderOfSomebodyElseIsLeftAlone() throws Exception {
        Path letter = Files.writeString(temporary.resolve("letter.txt"), "dear");
        assertThatThrownBy(() -> DataFolder.hold(temporary))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("holds other files than a stack's");
        assertThat(letter).hasContent("dear");
    }
}
