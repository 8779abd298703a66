package io.catwalk.dataset;

/**
 * A dataset's three parts, all of one shape.
 *
 * @param train what weights are fitted to
 * @param validation what models are compared on
 * @param test what is reported in the end
 */
public record Splits(ImageSet train, ImageSet validation, ImageSet test) {
    public Splits {
        if (!train.shape().equals(test.shape()) || !validation.shape().equals(test.shape())) {
            throw new BadDatasetException("train, validation and test are of shapes " + train.shape() + ", "
                    + validation.shape() + " and " + test.shape() + ", must agree");
        }
    }

    LabelledSplits views() {
        return new LabelledSplits(train, validation, test);
    }

    /**
     * Splits as TensorFlow's {@code read_data_sets} did: the first {@code validationSize} training images are the
     * validation set, the others stay in order.
     *
     * @throws BadDatasetException when the validation set would be empty or all of the training images
     */
    public static Splits of(ImageSet training, ImageSet test, int validationSize) {
        if (validationSize < 1 || validationSize >= training.count()) {
            throw new BadDatasetException("validation size is " + validationSize + ", must be at least 1 and below the "
                    + training.count() + " training images");
        }
        return new Splits(training.slice(validationSize, training.count()), training.slice(0, validationSize), test);
    }
}
