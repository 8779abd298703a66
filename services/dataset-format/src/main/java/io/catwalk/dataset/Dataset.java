package io.catwalk.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A dataset's description and its images.
 *
 * @param manifest what it is
 * @param splits its images and labels
 */
public record Dataset(DatasetManifest manifest, Splits splits) {
    /** Opens the content that a digest names. */
    @FunctionalInterface
    public interface BlobOpener {
        /** @param digest {@code sha256:<64 lower-case hex digits>} */
        InputStream open(String digest) throws IOException;
    }

    /** Checks that the files agree and splits them. */
    static Dataset of(IdxFiles<IdxData> files, DatasetOptions options) {
        Agreement.checkHeaders(
                files.map((kind, file) -> file.name()),
                files.map((kind, file) -> file.header()),
                options.validationSize());
        List<String> labelNames = Agreement.labelNames(files.trainLabels(), files.testLabels(), options.labelNames());
        Splits splits = Splits.of(
                images(files.trainImages(), files.trainLabels()),
                images(files.testImages(), files.testLabels()),
                options.validationSize());
        IdxFiles<DatasetFile> described = files.map((kind, file) -> file.file());
        return new Dataset(DatasetManifest.of(described, splits, labelNames), splits);
    }

    private static ImageSet images(IdxData images, IdxData labels) {
        return ImageSet.of(images.header().imageShape(), images.body(), labels.body());
    }
}
