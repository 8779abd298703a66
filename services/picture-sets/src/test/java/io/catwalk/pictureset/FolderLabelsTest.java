package io.catwalk.pictureset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;

import io.catwalk.dataset.BadDatasetException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderLabelsTest {
    @ParameterizedTest
    @CsvSource({
        "daisy/1.png, daisy,",
        "flowers/daisy/1.png, daisy,",
        "Train/daisy/1.png, daisy, TRAIN",
        "val/daisy/1.png, daisy, VALIDATION",
        "flowers/testing/daisy/1.png, daisy, TEST",
    })
    void theLastFolderIsTheClass(String path, String name, Split split) {
        assertThat(new FolderLabels().of(EntryPath.parse(path))).contains(new Label(name, Optional.ofNullable(split)));
    }

    @ParameterizedTest
    @CsvSource({
        "1.png, it lies in no folder",
        "train/1.png, it lies in train but in no folder of its class",
        "a/b/c/1.png, it lies 3 folders deep",
        "a/b/train/c/1.png, it lies 4 folders deep",
    })
    void anotherPlaceIsRefused(String path, String reason) {
        assertThatThrownBy(() -> new FolderLabels().of(EntryPath.parse(path)))
                .isInstanceOf(BadDatasetException.class)
                .hasMessageStartingWith(reason)
                .hasMessageContaining("must lie in a folder of its class");
    }

    @ParameterizedTest
    @CsvSource({
        "daisy/1.png, train/daisy/2.png, 'it lies at the top, with a split, but the first file at the top, without a split'",
        "a/daisy/1.png, b/daisy/2.png, 'it lies in b, without a split, but the first file in a, without a split'",
        "a/daisy/1.png, daisy/2.png, 'it lies at the top, without a split, but the first file in a, without a split'",
    })
    void allLieAsTheFirst(String first, String second, String reason) {
        FolderLabels labels = new FolderLabels();
        labels.of(EntryPath.parse(first));

        assertThatThrownBy(() -> labels.of(EntryPath.parse(second)))
                .isInstanceOf(BadDatasetException.class)
                .hasMessageStartingWith(reason);
    }
}
