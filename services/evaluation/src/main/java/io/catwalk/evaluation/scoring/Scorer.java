package io.catwalk.evaluation.scoring;

/** Runs a classifier over a whole split, batch by batch. */
public final class Scorer {
    private final BatchClassifier classifier;
    private final int classes;
    private final int batchSize;

    public Scorer(BatchClassifier classifier, int classes, int batchSize) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batchSize: " + batchSize + ", must be at least 1");
        }
        this.classifier = classifier;
        this.classes = classes;
        this.batchSize = batchSize;
    }

    /**
     * The classifier's probabilities for every image, in the split's order.
     *
     * @param progress called after each batch with the number of images done; its exceptions end the scoring
     * @throws UnusablePredictionsException when the output isn't one distribution over the classes for each image
     */
    public <X extends Exception> Predictions predict(LabelledImages images, Progress<X> progress) throws X {
        float[] probabilities = new float[Math.multiplyExact(images.count(), classes)];
        for (int from = 0; from < images.count(); from += batchSize) {
            int count = Math.min(batchSize, images.count() - from);
            float[] answer = classifier.probabilities(batch(images, from, count), count);
            checkLength(answer, count);
            System.arraycopy(answer, 0, probabilities, from * classes, answer.length);
            progress.done(from + count);
        }
        return new Predictions(classes, probabilities, labels(images));
    }

    private static float[] batch(LabelledImages images, int from, int count) {
        int size = images.values();
        float[] batch = new float[Math.multiplyExact(count, size)];
        for (int image = 0; image < count; image++) {
            images.copy(from + image, batch, image * size);
        }
        return batch;
    }

    private void checkLength(float[] answer, int count) {
        if (answer.length != count * classes) {
            throw new UnusablePredictionsException("probabilities for a batch of " + count + ": " + answer.length
                    + ", must be " + count + " * " + classes + " classes");
        }
    }

    private static int[] labels(LabelledImages images) {
        int[] labels = new int[images.count()];
        for (int image = 0; image < labels.length; image++) {
            labels[image] = images.label(image);
        }
        return labels;
    }

    /** Receives the progress of scoring. */
    @FunctionalInterface
    public interface Progress<X extends Exception> {
        /** @param images done so far */
        void done(int images) throws X;
    }
}
