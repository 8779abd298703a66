package io.catwalk.dataset;

import static io.catwalk.dataset.IdxBytes.images;
import static io.catwalk.dataset.IdxBytes.labels;
import static io.catwalk.dataset.IdxBytes.stream;

import java.util.List;

/** Ten training and four test images of 3x2 in three classes. */
final class DatasetFixture {
    static final IdxLimits LIMITS = new IdxLimits(10_000, 1000, 64);
    static final DatasetOptions OPTIONS = new DatasetOptions(List.of("cat", "dog", "bird"), 4);
    static final IdxFiles<byte[]> FILES =
            new IdxFiles<>(images(10, 3, 2), labels(0, 1, 2, 0, 1, 2, 0, 1, 2, 0), images(4, 3, 2), labels(2, 2, 1, 0));

    private DatasetFixture() {}

    static IdxFiles<IdxSource> sources(IdxFiles<byte[]> files) {
        return new IdxFiles<>(
                source("train-images", files.trainImages()),
                source("train-labels", files.trainLabels()),
                source("test-images", files.testImages()),
                source("test-labels", files.testLabels()));
    }

    static IdxFiles<byte[]> withTrain(byte[] images, byte[] labels) {
        return new IdxFiles<>(images, labels, FILES.testImages(), FILES.testLabels());
    }

    static IdxFiles<byte[]> withTest(byte[] images, byte[] labels) {
        return new IdxFiles<>(FILES.trainImages(), FILES.trainLabels(), images, labels);
    }

    private static IdxSource source(String name, byte[] bytes) {
        return new IdxSource(name, () -> stream(bytes));
    }
}
