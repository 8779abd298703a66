package io.catwalk.training.data;

import java.util.Random;

import io.catwalk.dataset.ImageDimensions;
import io.catwalk.dataset.ImageSet;
import io.catwalk.dataset.Splits;

/** Noise with a bright bar that marks the class: enough to learn from in a few steps. */
public final class Pictures {
    private Pictures() {}

    /** Square grey images. */
    public static ImageSet of(int count, int side, int classes, long seed) {
        return of(count, new ImageDimensions(side, side, 1), classes, seed);
    }

    public static ImageSet of(int count, ImageDimensions shape, int classes, long seed) {
        Random random = new Random(seed);
        int row = shape.width() * shape.channels();
        byte[] pixels = new byte[count * shape.bytes()];
        byte[] labels = new byte[count];
        random.nextBytes(pixels);
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i < classes ? i : random.nextInt(classes));
            for (int p = 0; p < shape.bytes(); p++) {
                int at = i * shape.bytes() + p;
                boolean isBar = p / row % classes == labels[i];
                pixels[at] = (byte) ((pixels[at] & 0x3f) + (isBar ? 0x80 : 0));
            }
        }
        return ImageSet.of(shape, pixels, labels);
    }

    /** Training and test images as a dataset splits them. */
    public static Splits splits(int training, int validation, int test, int side, int classes) {
        return Splits.of(of(training, side, classes, 1), of(test, side, classes, 2), validation);
    }
}
