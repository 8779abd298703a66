package io.catwalk.dataset;

import java.util.List;
import java.util.Optional;

/**
 * What a dataset is, by the digests of its files. It holds no name and no time: the same files and options give the
 * equal manifest, so its own digest names the dataset.
 *
 * @param schema of this record: {@value #SCHEMA}, or {@value #PICTURES_SCHEMA} with pictures, which releases without that schema refuse
 * @param imageShape of every image
 * @param classes how many there are; labels are below it
 * @param labelNames one for each class
 * @param files the uncompressed IDX files
 * @param validationSize how many of the first training images are the validation set
 * @param counts of the splits
 * @param trainPixels the pixels of the training split, validation apart
 * @param pictures what the files were made of; absent for a dataset that came as IDX files
 */
public record DatasetManifest(
        int schema,
        ImageDimensions imageShape,
        int classes,
        List<String> labelNames,
        IdxFiles<DatasetFile> files,
        int validationSize,
        SplitCounts counts,
        PixelStatistics trainPixels,
        Optional<PictureOrigin> pictures) {
    public static final int SCHEMA = 1;
    public static final int PICTURES_SCHEMA = 2;

    /** @throws BadDatasetException for another schema, or parts that contradict each other */
    public DatasetManifest {
        labelNames = LabelNames.checked(labelNames);
        if (schema != SCHEMA && schema != PICTURES_SCHEMA) {
            throw new BadDatasetException(
                    "manifest: schema is " + schema + ", must be " + SCHEMA + " or " + PICTURES_SCHEMA);
        }
        require("schema", schema, schemaOf(pictures));
        require("classes", classes, labelNames.size());
        require("validation size", validationSize, counts.validation().images());
        require("train's classes", counts.train().perClass().size(), classes);
        require("validation's classes", counts.validation().perClass().size(), classes);
        require("test's classes", counts.test().perClass().size(), classes);
    }

    static DatasetManifest of(
            IdxFiles<DatasetFile> files,
            LabelledSplits splits,
            List<String> labelNames,
            Optional<PictureOrigin> pictures) {
        int classes = labelNames.size();
        return new DatasetManifest(
                schemaOf(pictures),
                splits.train().shape(),
                classes,
                labelNames,
                files,
                splits.validation().count(),
                SplitCounts.of(splits, classes),
                PixelStatistics.of(splits.train()),
                pictures);
    }

    private static int schemaOf(Optional<PictureOrigin> pictures) {
        return pictures.isPresent() ? PICTURES_SCHEMA : SCHEMA;
    }

    /** Checks what is derived from the files against what they hold. */
    void checkSame(DatasetManifest actual) {
        checkSame("image shape", imageShape, actual.imageShape);
        checkSame("counts", counts, actual.counts);
        checkSame("train pixels", trainPixels, actual.trainPixels);
    }

    private static void checkSame(String field, Record stated, Record actual) {
        if (!stated.equals(actual)) {
            throw new CorruptDatasetException(
                    "manifest: " + field + " is " + stated + ", but the files have " + actual);
        }
    }

    private static void require(String field, int actual, int expected) {
        if (actual != expected) {
            throw new BadDatasetException("manifest: " + field + " is " + actual + ", must be " + expected);
        }
    }
}
