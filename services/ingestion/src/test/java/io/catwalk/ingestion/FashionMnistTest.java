package io.catwalk.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.catwalk.chassis.manifest.ManifestJson;
import io.catwalk.dataset.DatasetOptions;
import io.catwalk.dataset.DatasetReader;
import io.catwalk.dataset.IdxFiles;
import io.catwalk.dataset.IdxLimits;
import io.catwalk.dataset.IdxSource;
import io.catwalk.dataset.StagedDataset;
import io.catwalk.local.dataset.FashionMnistFile;
import io.catwalk.local.dataset.FashionMnistLocator;
import io.catwalk.objectstore.Digest;
import io.catwalk.pictureset.SetReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial's dataset is what it was in the first release: runs and models name it by this digest. */
class FashionMnistTest {
    private static final List<String> LABEL_NAMES = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    @TempDir
    Path work;

    @Test
    void itsDigestNeverChanges() throws IOException {
        Path folder = FashionMnistLocator.of(Path.of("../..").toAbsolutePath().normalize())
                .locate();
        StagedDataset staged = new DatasetReader(new IdxLimits(1 << 27, Integer.MAX_VALUE, 28))
                .read(
                        new IdxFiles<>(
                                source(folder, FashionMnistFile.TRAIN_IMAGES),
                                source(folder, FashionMnistFile.TRAIN_LABELS),
                                source(folder, FashionMnistFile.TEST_IMAGES),
                                source(folder, FashionMnistFile.TEST_LABELS)),
                        new DatasetOptions(LABEL_NAMES, 5000),
                        work);

        assertThat(Digest.of(ManifestJson.write(staged.manifest())))
                .hasToString("sha256:4c78d2bbc4f0889b45b82b3b18ef9ec443a057f24239637bf674dc970cb8a795");
        SetReport report = SetReport.of(staged, work);
        assertThat(report.pictures()).isEqualTo(70_000);
        assertThat(report.imbalance()).isEqualTo(1);
    }

    private static IdxSource source(Path folder, FashionMnistFile file) {
        return new IdxSource(file.name(), () -> file.open(folder));
    }
}
