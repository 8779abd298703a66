package io.catwalk.drift;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Makes a profile of a training split's images, one after the other. Not thread-safe. */
public final class ProfileBuilder {
    private final double[] means;
    private final double[] deviations;
    private final int[] labels;
    private int images;

    /** @param images how many will be added */
    public ProfileBuilder(int images, int classes) {
        this.means = new double[images];
        this.deviations = new double[images];
        this.labels = new int[classes];
    }

    /** @param image its values as the model is given them */
    public void add(float[] image, int label) {
        ImageStatistics statistics = ImageStatistics.of(image, 0, image.length);
        means[images] = statistics.mean();
        deviations[images] = statistics.deviation();
        labels[label]++;
        images++;
    }

    /** @param predicted images of the validation split that the model gave each class */
    public ReferenceProfile build(int[] predicted) {
        if (images != means.length) {
            throw new IllegalStateException(images + " images were added, not " + means.length);
        }
        return new ReferenceProfile(
                ReferenceProfile.SCHEMA,
                images,
                Arrays.stream(means).average().orElseThrow(),
                Arrays.stream(deviations).average().orElseThrow(),
                Histogram.ofDeciles(means),
                Histogram.ofDeciles(deviations),
                IntStream.of(labels).boxed().toList(),
                IntStream.of(predicted).boxed().toList());
    }
}
