package io.catwalk.network.training;

/** A set of images with their labels. */
public interface ImageSource {
    int count();

    /** Within {@code 0..classes-1}. */
    int label(int image);

    /** Copies an image's {@code height * width * channels} unsigned bytes, row-major, into an array at {@code offset}. */
    void copyPixels(int image, byte[] target, int offset);
}
