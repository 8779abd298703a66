package io.catwalk.installation.check;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

import io.catwalk.dataset.IdxWriter;
import io.catwalk.dataset.ImageDimensions;
import io.catwalk.dataset.ImageSet;

/**
 * Grey images of 28x28 in four classes, which differ in the bright quarter: any working network learns them within
 * one epoch. The same bytes each time.
 */
record CheckDataset(ImageSet training, ImageSet test) {
    static final int CLASSES = 4;

    private static final int SIDE = 28;
    private static final int NOISE = 64;
    private static final int BRIGHT = 128;

    static CheckDataset create() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        return new CheckDataset(images(2_304, random), images(512, random));
    }

    /** The four IDX files, by name. */
    Map<String, byte[]> files() {
        return Map.of(
                "train-images-idx3-ubyte", written(out -> IdxWriter.writeImages(training, out)),
                "train-labels-idx1-ubyte", written(out -> IdxWriter.writeLabels(training, out)),
                "t10k-images-idx3-ubyte", written(out -> IdxWriter.writeImages(test, out)),
                "t10k-labels-idx1-ubyte", written(out -> IdxWriter.writeLabels(test, out)));
    }

    private static ImageSet images(int count, RandomGenerator random) {
        ImageDimensions shape = new ImageDimensions(SIDE, SIDE, 1);
        byte[] pixels = new byte[count * shape.bytes()];
        byte[] labels = new byte[count];
        for (int image = 0; image < count; image++) {
            labels[image] = (byte) random.nextInt(CLASSES);
            paint(pixels, image * shape.bytes(), labels[image], random);
        }
        return ImageSet.of(shape, pixels, labels);
    }

    private static void paint(byte[] pixels, int from, int label, RandomGenerator random) {
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                int quarter = 2 * (2 * row / SIDE) + 2 * column / SIDE;
                int light = random.nextInt(NOISE) + (quarter == label ? BRIGHT : 0);
                pixels[from + row * SIDE + column] = (byte) light;
            }
        }
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @FunctionalInterface
    private interface Writing {
        void to(ByteArrayOutputStream out) throws IOException;
    }
}
