package io.catwalk.drift;

import java.util.List;
import java.util.Optional;

import io.catwalk.drift.DriftFigures.Figure;

/**
 * Compares the newest images of a version with its profile. The window slides: it is compared each time a tenth of it is new,
 * once it is full. Drift starts when a figure reaches its threshold, and ends when all are below half of theirs. Not thread-safe.
 */
public final class DriftDetector {
    private static final int COMPARISONS_PER_WINDOW = 10;

    private final int window;
    private final double[] meanEdges;
    private final double[] deviationEdges;
    private final StabilityIndex means;
    private final StabilityIndex deviations;
    private final StabilityIndex labels;

    private final int[] meanBins;
    private final int[] deviationBins;
    private final int[] classes;
    private final double[] imageMeans;
    private final double[] imageDeviations;
    private final int[] meanCounts;
    private final int[] deviationCounts;
    private final int[] labelCounts;
    private long seen;
    private boolean drifting;
    private Optional<DriftFigures> newest = Optional.empty();

    public DriftDetector(ReferenceProfile profile, DriftSettings settings) {
        window = settings.window();
        meanEdges = edges(profile.means());
        deviationEdges = edges(profile.deviations());
        means = new StabilityIndex(profile.means().counts(), settings);
        deviations = new StabilityIndex(profile.deviations().counts(), settings);
        labels = new StabilityIndex(profile.predicted(), settings);
        meanBins = new int[window];
        deviationBins = new int[window];
        classes = new int[window];
        imageMeans = new double[window];
        imageDeviations = new double[window];
        meanCounts = new int[meanEdges.length + 1];
        deviationCounts = new int[deviationEdges.length + 1];
        labelCounts = new int[profile.predicted().size()];
    }

    private static double[] edges(Histogram histogram) {
        return histogram.edges().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * Adds an image.
     *
     * @param predicted its most probable class
     * @return whether drift started or ended with it
     */
    public Optional<DriftChange> add(ImageStatistics image, int predicted) {
        int place = (int) (seen % window);
        if (seen >= window) {
            count(place, -1);
        }
        meanBins[place] = Histogram.bin(meanEdges, image.mean());
        deviationBins[place] = Histogram.bin(deviationEdges, image.deviation());
        classes[place] = predicted;
        imageMeans[place] = image.mean();
        imageDeviations[place] = image.deviation();
        count(place, 1);
        seen++;
        return seen >= window && seen % (window / COMPARISONS_PER_WINDOW) == 0 ? compare() : Optional.empty();
    }

    /** Of the newest comparison; empty before the first. */
    public Optional<DriftFigures> figures() {
        return newest;
    }

    private void count(int place, int change) {
        meanCounts[meanBins[place]] += change;
        deviationCounts[deviationBins[place]] += change;
        labelCounts[classes[place]] += change;
    }

    private Optional<DriftChange> compare() {
        DriftFigures figures = new DriftFigures(
                average(imageMeans),
                average(imageDeviations),
                List.of(
                        figure(Statistic.PIXEL_MEAN, means, meanCounts),
                        figure(Statistic.PIXEL_DEVIATION, deviations, deviationCounts),
                        figure(Statistic.PREDICTED_LABEL, labels, labelCounts)));
        newest = Optional.of(figures);
        boolean changed = drifting ? figures.calm() : figures.alarming();
        if (!changed) {
            return Optional.empty();
        }
        drifting = !drifting;
        return Optional.of(new DriftChange(drifting, figures));
    }

    private static Figure figure(Statistic statistic, StabilityIndex index, int[] counts) {
        return new Figure(statistic, index.of(counts), index.threshold());
    }

    private static double average(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
