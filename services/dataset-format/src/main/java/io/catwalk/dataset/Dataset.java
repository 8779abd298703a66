package io.catwalk.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A dataset in memory.
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

    /**
     * Loads a stored dataset and checks all of it against its manifest: digests, lengths, shapes, counts, statistics.
     *
     * @throws CorruptDatasetException when anything differs
     * @throws IOException as the opener and its streams throw it
     */
    public static Dataset load(DatasetManifest manifest, BlobOpener opener) throws IOException {
        try {
            Dataset dataset = of(manifest.files().map((kind, file) -> readVerified(kind, file, opener)), manifest);
            manifest.checkSame(dataset.manifest);
            return dataset;
        } catch (BadDatasetException e) {
            throw new CorruptDatasetException("the stored dataset can't be read: " + e.getMessage(), e);
        }
    }

    /** Checks that the files agree and splits them. */
    private static Dataset of(IdxFiles<IdxData> files, DatasetManifest stated) {
        DatasetOptions options = stated.options();
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
        return new Dataset(DatasetManifest.of(described, splits.views(), labelNames, stated.pictures()), splits);
    }

    private static ImageSet images(IdxData images, IdxData labels) {
        return ImageSet.of(images.header().imageShape(), images.body(), labels.body());
    }

    private static IdxData readVerified(IdxKind kind, DatasetFile file, BlobOpener opener) throws IOException {
        IdxData data = IdxData.read(
                kind, "blob " + file.digest(), opener.open(file.digest()), IdxLimits.ofBytes(file.bytes()));
        if (!data.file().equals(file)) {
            throw new CorruptDatasetException("blob " + file.digest() + " of " + file.bytes()
                    + " bytes holds other content: " + data.file().digest() + " of "
                    + data.file().bytes() + " bytes");
        }
        return data;
    }
}
