package io.catwalk.serving.engine;

import io.catwalk.network.layer.ImageShape;

/**
 * A model's input and output: float32 images of values from 0 to 1, and a float32 probability for each class.
 *
 * @param input the input tensor's name, of shape {@code [-1, height, width, channels]}
 * @param image the shape of one image
 * @param output the output tensor's name, of shape {@code [-1, classes]}
 */
public record Signature(String input, ImageShape image, String output, int classes) {
    /** The signature's name in a SavedModel. */
    public static final String NAME = "serving_default";

    public Signature {
        if (classes < 2) {
            throw new IllegalArgumentException("a classifier must have at least 2 classes, this one has " + classes);
        }
    }

    /** The number of values of one image. */
    public int imageValues() {
        return Math.toIntExact(image.size());
    }
}
