package io.catwalk.drift;

import java.util.random.RandomGenerator;

/** Images of four values in four classes, drawn at random: brighter and more contrasted the higher their class. */
final class Populations {
    static final int CLASSES = 4;
    private static final int VALUES = 4;

    private Populations() {}

    /** A profile of so many images. */
    static ReferenceProfile profile(int images, RandomGenerator random) {
        ProfileBuilder builder = new ProfileBuilder(images, CLASSES);
        int[] predicted = new int[CLASSES];
        for (int image = 0; image < images; image++) {
            int label = random.nextInt(CLASSES);
            builder.add(image(label, 0, random), label);
            predicted[label]++;
        }
        return builder.build(predicted);
    }

    /** @param lighter is added to each value */
    static float[] image(int label, double lighter, RandomGenerator random) {
        float[] image = new float[VALUES];
        for (int value = 0; value < VALUES; value++) {
            image[value] = (float) (label * 0.1 + random.nextGaussian() * (0.05 + label * 0.02) + lighter);
        }
        return image;
    }

    static ImageStatistics statistics(int label, double lighter, RandomGenerator random) {
        return ImageStatistics.of(image(label, lighter, random), 0, VALUES);
    }
}
