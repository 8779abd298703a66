package io.catwalk.training.loop;

import java.util.function.IntUnaryOperator;

import io.catwalk.dataset.ImageSet;
import io.catwalk.network.preprocessing.Preprocessing;

/** Memory for one batch as sessions take it, filled anew from stored pixels for each. */
final class Batch {
    private final int imageBytes;
    private final byte[] pixels;
    private final float[] images;
    private final int[] labels;

    Batch(int imageBytes, int size) {
        this.imageBytes = imageBytes;
        this.pixels = new byte[Math.multiplyExact(imageBytes, size)];
        this.images = new float[pixels.length];
        this.labels = new int[size];
    }

    int size() {
        return labels.length;
    }

    /**
     * Copies as many images as the batch has room for.
     *
     * @param image which image of the set comes at each place of the batch
     */
    void fill(ImageSet set, IntUnaryOperator image) {
        for (int place = 0; place < labels.length; place++) {
            int chosen = image.applyAsInt(place);
            set.copyPixels(chosen, pixels, place * imageBytes);
            labels[place] = set.label(chosen);
        }
        Preprocessing.toUnit(pixels, 0, images, 0, pixels.length);
    }

    /** {@code size * height * width * channels} values within 0..1. */
    float[] images() {
        return images;
    }

    int[] labels() {
        return labels;
    }
}
