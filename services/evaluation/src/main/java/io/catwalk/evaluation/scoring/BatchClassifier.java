package io.catwalk.evaluation.scoring;

/** A trained model that classifies several images at once. */
@FunctionalInterface
public interface BatchClassifier {
    /**
     * The probability of each class for each image.
     *
     * @param images count * height * width * channels values from 0 to 1, row-major NHWC
     * @return count * classes values, one image after the other
     */
    float[] probabilities(float[] images, int count);
}
