package io.catwalk.drift;

/**
 * One image in two figures.
 *
 * @param mean of all its values, over all channels
 * @param deviation their standard deviation, of the whole population
 */
public record ImageStatistics(double mean, double deviation) {
    /** @param values {@code count} of them from {@code first} on are the image's */
    public static ImageStatistics of(float[] values, int first, int count) {
        double sum = 0;
        double squares = 0;
        for (int index = first; index < first + count; index++) {
            double value = values[index];
            sum += value;
            squares += value * value;
        }
        double mean = sum / count;
        return new ImageStatistics(mean, Math.sqrt(Math.max(0, squares / count - mean * mean)));
    }
}
