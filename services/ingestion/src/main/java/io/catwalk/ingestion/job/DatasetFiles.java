package io.catwalk.ingestion.job;

import java.util.List;

import io.catwalk.dataset.IdxFiles;

/** The four files one after the other. */
final class DatasetFiles {
    private DatasetFiles() {}

    static <T> List<T> inOrder(IdxFiles<T> files) {
        return List.of(files.trainImages(), files.trainLabels(), files.testImages(), files.testLabels());
    }
}
