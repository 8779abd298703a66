package io.catwalk.serving.observation;

/**
 * What a model answered. The arrays are shared and mustn't be changed.
 *
 * @param images {@code count} images of floats, row-major, one after the other
 * @param probabilities {@code count * classes}, image by image
 */
public record Prediction(float[] images, int count, float[] probabilities) {}
