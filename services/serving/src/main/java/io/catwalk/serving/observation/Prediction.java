package io.catwalk.serving.observation;

/**
 * What a model answered. The arrays are shared and mustn't be changed.
 *
 * @param images {@code count} images of floats, row-major, one after the other
 * @param probabilities {@code count * classes}, image by image
 * @param timing where the request's time went
 */
public record Prediction(float[] images, int count, float[] probabilities, Timing timing) {
    /** How many there are of one image. */
    public int classes() {
        return probabilities.length / count;
    }

    /** The most probable class of an image; of equal ones the first. */
    public int predicted(int image) {
        return MostProbable.of(probabilities, image * classes(), classes());
    }

    /** How many images each class is the most probable one of. */
    public int[] countByClass() {
        int[] counts = new int[classes()];
        for (int image = 0; image < count; image++) {
            counts[predicted(image)]++;
        }
        return counts;
    }

    /** The probability of an image's most probable class. */
    public float confidence(int image) {
        return probabilities[image * classes() + predicted(image)];
    }

    /**
     * Where a request's time went, in nanoseconds.
     *
     * @param prepared from its arrival until its images were ready
     * @param queued in the queue
     * @param inferred in the engine, for its batch
     * @param answered from its arrival until the model's answer was there
     */
    public record Timing(long prepared, long queued, long inferred, long answered) {}
}
