package io.catwalk.serving.observation;

/** The most probable class of an image. */
public final class MostProbable {
    private MostProbable() {}

    /**
     * The index of the class; of equal ones the first.
     *
     * @param first where the image's probabilities begin
     */
    public static int of(float[] probabilities, int first, int classes) {
        int best = 0;
        for (int index = 1; index < classes; index++) {
            if (probabilities[first + index] > probabilities[first + best]) {
                best = index;
            }
        }
        return best;
    }
}
