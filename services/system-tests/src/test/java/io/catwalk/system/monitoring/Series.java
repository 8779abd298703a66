package io.catwalk.system.monitoring;

import java.util.List;
import java.util.Map;

/**
 * What one query gave of one set of labels.
 *
 * @param labels the metric's name under {@code __name__}, if it has one
 * @param samples in the order of their times
 */
public record Series(Map<String, String> labels, List<Sample> samples) {
    public Series {
        labels = Map.copyOf(labels);
        samples = List.copyOf(samples);
    }

    /** Whether there is any number in it. */
    public boolean hasNumbers() {
        return samples.stream().anyMatch(sample -> Double.isFinite(sample.value()));
    }

    /** @param time in seconds since 1970 */
    public record Sample(double time, double value) {}
}
