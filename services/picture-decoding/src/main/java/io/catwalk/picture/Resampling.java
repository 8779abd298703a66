package io.catwalk.picture;

/**
 * How one side of a picture becomes longer or shorter: each target pixel is a weighted mean of neighbouring source pixels. Shrinking
 * takes the mean of the area that the pixel covers, growing interpolates linearly between the centres of the two nearest pixels.
 */
final class Resampling {
    private final int[] first;
    private final double[][] weights;

    /** @param source pixels, at least 1 */
    Resampling(int source, int target) {
        this.first = new int[target];
        this.weights = new double[target][];
        for (int index = 0; index < target; index++) {
            if (target <= source) {
                mean(index, source, (double) source / target);
            } else {
                interpolate(index, source, (double) source / target);
            }
        }
    }

    /** The first source pixel of a target pixel. */
    int first(int target) {
        return first[target];
    }

    /** After the last source pixel of a target pixel. */
    int end(int target) {
        return first[target] + weights[target].length;
    }

    /** Of a source pixel, from {@link #first} to before {@link #end}; those of a target pixel sum to 1. */
    double weight(int target, int source) {
        return weights[target][source - first[target]];
    }

    private void mean(int index, int source, double size) {
        int start = (int) (index * size);
        int end = Math.min((int) Math.ceil((index + 1) * size), source);
        first[index] = start;
        weights[index] = new double[end - start];
        for (int pixel = start; pixel < end; pixel++) {
            double overlap = Math.min((index + 1) * size, pixel + 1.0) - Math.max(index * size, pixel);
            weights[index][pixel - start] = Math.max(overlap, 0) / size;
        }
    }

    private void interpolate(int index, int source, double size) {
        double centre = Math.clamp((index + 0.5) * size - 0.5, 0, source - 1.0);
        int start = (int) centre;
        double share = centre - start;
        first[index] = start;
        weights[index] = share == 0 ? new double[] {1} : new double[] {1 - share, share};
    }
}
