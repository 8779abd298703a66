package io.catwalk.dataset;

import java.math.BigInteger;

/**
 * The values of all pixels of a set, over all channels, on the scale 0 to 255.
 *
 * @param min the lowest value
 * @param max the highest value
 * @param mean the arithmetic mean
 * @param standardDeviation of the whole population (divided by n, as numpy's {@code std} does)
 */
public record PixelStatistics(int min, int max, double mean, double standardDeviation) {
    public PixelStatistics {
        if (min < 0 || max > 255 || !(min <= mean && mean <= max) || !(standardDeviation >= 0)) {
            throw new BadDatasetException("pixel statistics must be 0 <= min <= mean <= max <= 255 with a standard"
                    + " deviation of at least 0, got " + min + ", " + mean + ", " + max + " and " + standardDeviation);
        }
    }

    /** Sums are integers, so the same pixels give the same bits on every machine. */
    static PixelStatistics of(LabelledImages images) {
        long[] histogram = images.histogram();
        int min = 0;
        while (histogram[min] == 0) {
            min++;
        }
        int max = 255;
        while (histogram[max] == 0) {
            max--;
        }
        long count = 0;
        long sum = 0;
        long squares = 0;
        for (int value = min; value <= max; value++) {
            count += histogram[value];
            sum += histogram[value] * value;
            squares += histogram[value] * value * value;
        }
        return new PixelStatistics(min, max, (double) sum / count, standardDeviation(count, sum, squares));
    }

    private static double standardDeviation(long count, long sum, long squares) {
        BigInteger scaledVariance = BigInteger.valueOf(count)
                .multiply(BigInteger.valueOf(squares))
                .subtract(BigInteger.valueOf(sum).pow(2));
        return Math.sqrt(scaledVariance.doubleValue()) / count;
    }
}
