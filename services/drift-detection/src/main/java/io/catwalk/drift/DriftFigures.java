package io.catwalk.drift;

import java.util.List;

/**
 * How far a full window is from the reference.
 *
 * @param mean of the images' means
 * @param deviation mean of the images' standard deviations
 * @param figures one for each statistic
 */
public record DriftFigures(double mean, double deviation, List<Figure> figures) {
    /** @throws IllegalArgumentException without figures */
    public DriftFigures {
        figures = List.copyOf(figures);
        if (figures.isEmpty()) {
            throw new IllegalArgumentException("figures: none, must be at least 1");
        }
    }

    /** A population stability index, and the value from which it is an alarm. */
    public record Figure(Statistic statistic, double index, double threshold) {}

    boolean alarming() {
        return figures.stream().anyMatch(figure -> figure.index() >= figure.threshold());
    }

    /** Well below the thresholds, so that a figure around its threshold is one alarm. */
    boolean calm() {
        return figures.stream().allMatch(figure -> figure.index() < figure.threshold() / 2);
    }
}
