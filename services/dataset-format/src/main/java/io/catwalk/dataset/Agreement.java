package io.catwalk.dataset;

import java.util.List;

/** What the four files of a dataset must agree on. */
final class Agreement {
    private Agreement() {}

    /** Checks all that the headers can tell. */
    static void checkHeaders(IdxFiles<String> names, IdxFiles<IdxHeader> headers, int validationSize) {
        checkCounts(names.trainImages(), headers.trainImages(), names.trainLabels(), headers.trainLabels());
        checkCounts(names.testImages(), headers.testImages(), names.testLabels(), headers.testLabels());
        ImageDimensions train = headers.trainImages().imageShape();
        ImageDimensions test = headers.testImages().imageShape();
        if (!train.equals(test)) {
            throw new BadDatasetException(names.testImages() + " has images of " + test + ", must be " + train
                    + " as in " + names.trainImages());
        }
        int count = headers.trainImages().count();
        if (validationSize >= count) {
            throw new BadDatasetException("validation size is " + validationSize + ", must be below the " + count
                    + " images of " + names.trainImages());
        }
    }

    /** The given names, or numbers up to the highest label; each label has one. */
    static List<String> labelNames(IdxData train, IdxData test, List<String> given) {
        if (given.isEmpty()) {
            return LabelNames.numbers(1 + Math.max(highest(train), highest(test)));
        }
        checkRange(train, given.size());
        checkRange(test, given.size());
        return given;
    }

    private static void checkCounts(String imagesName, IdxHeader images, String labelsName, IdxHeader labels) {
        if (images.count() != labels.count()) {
            throw new BadDatasetException(imagesName + " has " + images.count() + " images, but " + labelsName + " has "
                    + labels.count() + " labels");
        }
    }

    private static int highest(IdxData labels) {
        int highest = 0;
        for (byte label : labels.body()) {
            highest = Math.max(highest, label & 0xff);
        }
        return highest;
    }

    private static void checkRange(IdxData labels, int classes) {
        byte[] body = labels.body();
        for (int i = 0; i < body.length; i++) {
            int label = body[i] & 0xff;
            if (label >= classes) {
                String where = "byte " + (labels.header().headerBytes() + i) + " (label " + i + ")";
                throw new BadIdxException(labels.name(), where, label + ", must be below the " + classes + " classes");
            }
        }
    }
}
