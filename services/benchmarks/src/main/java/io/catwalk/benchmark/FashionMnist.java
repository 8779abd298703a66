package io.catwalk.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.catwalk.dataset.DatasetOptions;
import io.catwalk.dataset.DatasetReader;
import io.catwalk.dataset.IdxFiles;
import io.catwalk.dataset.IdxLimits;
import io.catwalk.dataset.IdxSource;
import io.catwalk.dataset.MappedDataset;
import io.catwalk.dataset.Splits;
import io.catwalk.local.dataset.FashionMnistFile;

/** The tutorial's dataset, from its four files, plain or compressed. */
final class FashionMnist {
    private static final IdxLimits LIMITS = new IdxLimits(1 << 26, 60_000, 28);

    /** As TensorFlow's {@code read_data_sets} had it. */
    private static final int VALIDATION_SIZE = 5000;

    private FashionMnist() {}

    static Splits read(Path folder) {
        try {
            Path work = Files.createTempDirectory("fashion-mnist");
            IdxFiles<IdxSource> sources = new IdxFiles<>(
                    source(folder, FashionMnistFile.TRAIN_IMAGES),
                    source(folder, FashionMnistFile.TRAIN_LABELS),
                    source(folder, FashionMnistFile.TEST_IMAGES),
                    source(folder, FashionMnistFile.TEST_LABELS));
            DatasetOptions options = new DatasetOptions(List.of(), VALIDATION_SIZE);
            return MappedDataset.of(new DatasetReader(LIMITS).read(sources, options, work))
                    .dataset()
                    .splits();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + folder, e);
        }
    }

    private static IdxSource source(Path folder, FashionMnistFile file) {
        return new IdxSource(file.name(), () -> file.open(folder));
    }
}
