package io.catwalk.evaluation.scoring;

/** A classifier's probabilities for each image of a split, with the labels. */
public final class Predictions {
    /** The tolerance for the sum of an image's probabilities. */
    private static final double SUM_TOLERANCE = 1e-3;

    private final int classes;
    private final float[] probabilities;
    private final int[] labels;
    private final int[] predicted;

    /**
     * @param probabilities one image after the other, {@code classes} values each
     * @param labels each image's class, from 0
     * @throws IllegalArgumentException when there is no image, the lengths disagree or a label is out of range
     * @throws UnusablePredictionsException when an image's values aren't a probability distribution
     */
    public Predictions(int classes, float[] probabilities, int[] labels) {
        checkLengths(classes, probabilities.length, labels.length);
        this.classes = classes;
        this.probabilities = probabilities.clone();
        this.labels = labels.clone();
        this.predicted = new int[labels.length];
        for (int image = 0; image < labels.length; image++) {
            checkLabel(image);
            checkDistribution(image);
            predicted[image] = mostProbable(image);
        }
    }

    private static void checkLengths(int classes, int probabilities, int labels) {
        if (classes < 1) {
            throw new IllegalArgumentException("classes: " + classes + ", must be at least 1");
        }
        if (labels < 1) {
            throw new IllegalArgumentException("labels: 0, must be at least 1");
        }
        if (probabilities != (long) labels * classes) {
            throw new IllegalArgumentException("probabilities: " + probabilities + ", must be " + labels + " images * "
                    + classes + " classes = " + (long) labels * classes);
        }
    }

    private void checkLabel(int image) {
        if (labels[image] < 0 || labels[image] >= classes) {
            throw new IllegalArgumentException(
                    "label of image " + image + ": " + labels[image] + ", must be 0 to " + (classes - 1));
        }
    }

    private void checkDistribution(int image) {
        double sum = 0;
        for (int candidate = 0; candidate < classes; candidate++) {
            float probability = probability(image, candidate);
            if (!(probability >= 0 && probability <= 1 + SUM_TOLERANCE)) {
                throw new UnusablePredictionsException("probability of image " + image + ", class " + candidate + ": "
                        + probability + ", must be 0 to 1");
            }
            sum += probability;
        }
        if (Math.abs(sum - 1) > SUM_TOLERANCE) {
            throw new UnusablePredictionsException(
                    "sum of image " + image + "'s probabilities: " + sum + ", must be 1 within " + SUM_TOLERANCE);
        }
    }

    private int mostProbable(int image) {
        int best = 0;
        for (int candidate = 1; candidate < classes; candidate++) {
            if (probability(image, candidate) > probability(image, best)) {
                best = candidate;
            }
        }
        return best;
    }

    public int count() {
        return labels.length;
    }

    public int classes() {
        return classes;
    }

    public int label(int image) {
        return labels[image];
    }

    /** The class with the highest probability; of equal ones the first, as NumPy's argmax. */
    public int predicted(int image) {
        return predicted[image];
    }

    /** The highest probability minus the second highest. */
    public double margin(int image) {
        float best = probability(image, predicted[image]);
        float second = 0;
        for (int candidate = 0; candidate < classes; candidate++) {
            if (candidate != predicted[image]) {
                second = Math.max(second, probability(image, candidate));
            }
        }
        return (double) best - second;
    }

    public float probability(int image, int candidate) {
        return probabilities[image * classes + candidate];
    }

    public boolean isCorrect(int image) {
        return predicted[image] == labels[image];
    }
}
