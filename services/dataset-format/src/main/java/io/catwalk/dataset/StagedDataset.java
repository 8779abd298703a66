package io.catwalk.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A dataset that was read and checked as a whole, in uncompressed files. Whoever opens a split closes it.
 *
 * @param manifest of the files
 * @param staged hold exactly what the manifest's digests say
 */
public record StagedDataset(DatasetManifest manifest, IdxFiles<StagedFile> staged) {
    /** Describes files that agree; reads one image after the other. */
    static StagedDataset of(
            IdxFiles<StagedFile> staged, int validationSize, List<String> labelNames, Optional<PictureOrigin> pictures)
            throws IOException {
        try (StagedImages train = training(staged, validationSize, count(staged));
                StagedImages validation = training(staged, 0, validationSize);
                StagedImages test = test(staged)) {
            DatasetManifest manifest = DatasetManifest.of(
                    staged.map((kind, file) -> file.file()),
                    new LabelledSplits(train, validation, test),
                    labelNames,
                    pictures);
            return new StagedDataset(manifest, staged);
        }
    }

    public StagedImages train() throws IOException {
        return training(staged, manifest.validationSize(), count(staged));
    }

    public StagedImages validation() throws IOException {
        return training(staged, 0, manifest.validationSize());
    }

    public StagedImages test() throws IOException {
        return test(staged);
    }

    public IdxFiles<Path> files() {
        return staged.map((kind, file) -> file.path());
    }

    private static int count(IdxFiles<StagedFile> staged) {
        return staged.trainImages().header().count();
    }

    private static StagedImages training(IdxFiles<StagedFile> staged, int from, int to) throws IOException {
        return StagedImages.open(staged.trainImages(), staged.trainLabels(), from, to);
    }

    private static StagedImages test(IdxFiles<StagedFile> staged) throws IOException {
        return StagedImages.open(
                staged.testImages(),
                staged.testLabels(),
                0,
                staged.testImages().header().count());
    }
}
