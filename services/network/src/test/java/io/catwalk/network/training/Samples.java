package io.catwalk.network.training;

import io.catwalk.network.Network;
import io.catwalk.network.initializer.SplitMix64;

/** Random images and labels, the same for the same number. */
public final class Samples {
    private Samples() {}

    public static float[] images(Network network, int count, long number) {
        long key = SplitMix64.key(number, "images");
        float[] images = new float[Math.toIntExact(count * network.input().size())];
        for (int i = 0; i < images.length; i++) {
            images[i] = SplitMix64.unit(key, i);
        }
        return images;
    }

    public static int[] labels(Network network, int count, long number) {
        long key = SplitMix64.key(number, "labels");
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (int) (SplitMix64.unit(key, i) * network.classes());
        }
        return labels;
    }
}
