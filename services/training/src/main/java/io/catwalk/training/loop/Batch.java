package io.catwalk.training.loop;

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

    /** Takes as many images as the batch holds, in the order of the indices from one place on. */
    void fill(ImageSet set, int[] order, int from) {
        for (int i = 0; i < labels.length; i++) {
            int image = order[from + i];
            set.copyPixels(image, pixels, i * imageBytes);
            labels[i] = set.label(image);
        }
        Preprocessing.toUnit(pixels, 0, images, 0, pixels.length);
    }

    /** Takes as many images as the batch holds, as they lie there. */
    void fill(ImageSet set, int from) {
        for (int i = 0; i < labels.length; i++) {
            labels[i] = set.label(from + i);
        }
        set.pixels().get(from * imageBytes, pixels);
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
