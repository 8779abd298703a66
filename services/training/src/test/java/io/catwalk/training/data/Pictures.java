package io.catwalk.training.data;

import java.util.Random;

import io.catwalk.dataset.ImageSet;
import io.catwalk.dataset.ImageShape;
import io.catwalk.dataset.Splits;

/** Noise with a bright bar that tells the class: enough to learn from in a few steps. */
public final class Pictures {
    private Pictures() {}

    /** Square grey images. */
    public static ImageSet of(int count, int side, int classes, long seed) {
        Random random = new Random(seed);
        byte[] pixels = new byte[count * side * side];
        byte[] labels = new byte[count];
        random.nextBytes(pixels);
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i < classes ? i : random.nextInt(classes));
            for (int p = 0; p < side * side; p++) {
                int at = i * side * side + p;
                boolean isBar = p / side % classes == labels[i];
                pixels[at] = (byte) ((pixels[at] & 0x3f) + (isBar ? 0x80 : 0));
            }
        }
        return ImageSet.of(new ImageShape(side, side, 1), pixels, labels);
    }

    /** Training and test images as a dataset splits them. */
    public static Splits splits(int training, int validation, int test, int side, int classes) {
        return Splits.of(of(training, side, classes, 1), of(test, side, classes, 2), validation);
    }
}
