package io.catwalk.evaluation.scoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Images whose labels look wrong by confident learning: a class's threshold is the model's mean confidence in it among the images
 * that are labelled so; an image is counted for that class at or above its threshold in which the model is most confident, and is
 * suspected where this isn't its label. The images must not be among those that the weights were fitted to. Source: Northcutt,
 * Jiang and Chuang, Confident Learning, Journal of Artificial Intelligence Research 70 (2021), section 3.1: those off the diagonal
 * of the confident joint.
 *
 * @param thresholds each class's, 0 to 1; empty for a class that labels no image
 * @param count how many are suspected
 * @param images the first of them, at most {@value #MOST}: those whose suggested class leads most before the label, of equal ones
 *     in the split's order
 */
public record SuspectedMislabels(List<OptionalDouble> thresholds, int count, List<Suspect> images) {
    /** The most that are kept. */
    public static final int MOST = 500;

    private static final Comparator<Suspect> SUREST_FIRST =
            Comparator.comparingDouble(Suspect::lead).reversed().thenComparingInt(Suspect::index);

    /** @throws IllegalArgumentException when more images are named than were counted */
    public SuspectedMislabels {
        thresholds = List.copyOf(thresholds);
        images = List.copyOf(images);
        if (count < images.size()) {
            throw new IllegalArgumentException(
                    "count: " + count + ", must be at least the " + images.size() + " images");
        }
    }

    public static SuspectedMislabels of(Predictions predictions) {
        List<OptionalDouble> thresholds = thresholds(predictions);
        List<Suspect> suspects = new ArrayList<>();
        for (int image = 0; image < predictions.count(); image++) {
            suspect(predictions, image, thresholds).ifPresent(suspects::add);
        }
        suspects.sort(SUREST_FIRST);
        return new SuspectedMislabels(
                thresholds, suspects.size(), suspects.subList(0, Math.min(MOST, suspects.size())));
    }

    /** Sums are made in the split's order: equal predictions give equal bits. */
    private static List<OptionalDouble> thresholds(Predictions predictions) {
        double[] sums = new double[predictions.classes()];
        int[] counts = new int[predictions.classes()];
        for (int image = 0; image < predictions.count(); image++) {
            int label = predictions.label(image);
            sums[label] += predictions.probability(image, label);
            counts[label]++;
        }
        List<OptionalDouble> thresholds = new ArrayList<>();
        for (int label = 0; label < sums.length; label++) {
            thresholds.add(
                    counts[label] == 0 ? OptionalDouble.empty() : OptionalDouble.of(sums[label] / counts[label]));
        }
        return thresholds;
    }

    private static Optional<Suspect> suspect(Predictions predictions, int image, List<OptionalDouble> thresholds) {
        int counted = -1;
        for (int candidate = 0; candidate < predictions.classes(); candidate++) {
            float probability = predictions.probability(image, candidate);
            OptionalDouble threshold = thresholds.get(candidate);
            if (threshold.isPresent()
                    && probability >= threshold.getAsDouble()
                    && (counted < 0 || probability > predictions.probability(image, counted))) {
                counted = candidate;
            }
        }
        int label = predictions.label(image);
        return counted < 0 || counted == label
                ? Optional.empty()
                : Optional.of(new Suspect(
                        image,
                        label,
                        counted,
                        predictions.probability(image, label),
                        predictions.probability(image, counted)));
    }
}
