package io.catwalk.training.loop;

import io.catwalk.dataset.ImageSet;
import io.catwalk.network.preprocessing.Preprocessing;

/** Memory for one batch as sessions take it, filled anew from stored pixels for each. */
final class Batch {
    private final int imageBytes;
    private final byte[] pixels;
    private final byte[] labelBytes;
    private final float[] images;
    private final int[] labels;

    Batch(int imageBytes, int size) {
        this.imageBytes = imageBytes;
        this.pixels = new byte[Math.multiplyExact(imageBytes, size)];
        this.labelBytes = new byte[size];
        this.images = new float[pixels.length];
        this.labels = new int[size];
    }

    int size() {
        return labels.length;
    }

    /** Takes as many images in order as the batch holds. */
    void fill(ImageSet set, int from) {
        set.pixels().get(from * imageBytes, pixels);
        Preprocessing.toUnit(pixels, 0, images, 0, pixels.length);
        set.labels().get(from, labelBytes);
        for (int i = 0; i < labels.length; i++) {
            labels[i] = labelBytes[i] & 0xff;
        }
    }

    /** {@code size * height * width * channels} values within 0..1. */
    float[] images() {
        return images;
    }

    int[] labels() {
        return labels;
    }
}
