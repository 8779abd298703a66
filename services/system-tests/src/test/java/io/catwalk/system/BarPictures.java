package io.catwalk.system;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

import io.catwalk.dataset.IdxWriter;
import io.catwalk.dataset.ImageDimensions;
import io.catwalk.dataset.ImageSet;

/** A dataset of 28x28 grey pictures in ten classes that a few steps learn: noise, and bright rows that mark the class. */
public final class BarPictures {
    public static final int TRAIN = 300;
    public static final int VALIDATION = 40;
    static final int TEST = 60;

    private static final int SIDE = 28;
    private static final int CLASSES = 10;

    private BarPictures() {}

    /** Writes the four IDX files; another seed gives other pictures. */
    public static Path write(Path folder, long seed) {
        return write(folder, seed, TRAIN + VALIDATION);
    }

    /** The same with so many images in the training files. */
    public static Path write(Path folder, long seed, int count) {
        ImageSet training = images(count, seed);
        ImageSet test = images(TEST, seed + 1);
        try {
            Files.createDirectories(folder);
            write(folder.resolve("train-images-idx3-ubyte"), out -> IdxWriter.writeImages(training, out));
            write(folder.resolve("train-labels-idx1-ubyte"), out -> IdxWriter.writeLabels(training, out));
            write(folder.resolve("t10k-images-idx3-ubyte"), out -> IdxWriter.writeImages(test, out));
            write(folder.resolve("t10k-labels-idx1-ubyte"), out -> IdxWriter.writeLabels(test, out));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The pictures of a class's rows alone: 784 values from 0 to 1. */
    public static float[] values(int label) {
        float[] values = new float[SIDE * SIDE];
        for (int at = 0; at < values.length; at++) {
            values[at] = isBar(at, label) ? 0.75f : 0.1f;
        }
        return values;
    }

    /** The same picture as a PNG. */
    public static byte[] png(int label) {
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        float[] values = values(label);
        for (int at = 0; at < values.length; at++) {
            picture.getRaster().setSample(at % SIDE, at / SIDE, 0, Math.round(values[at] * 255));
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }

    /** A zip of coloured pictures, each larger than its image and unlike the others, in folders {@code bar-0} to {@code bar-9}. */
    public static byte[] zip(int perClass, long seed) {
        return zip(perClass, seed, Map.of());
    }

    /** The same with more files. */
    public static byte[] zip(int perClass, long seed, Map<String, byte[]> more) {
        Random random = new Random(seed);
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            for (int number = 0; number < perClass * CLASSES; number++) {
                int label = number % CLASSES;
                out.putNextEntry(new ZipEntry("bar-" + label + "/" + number + ".png"));
                ImageIO.write(coloured(label, random), "png", out);
                out.closeEntry();
            }
            for (Map.Entry<String, byte[]> file : more.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zip.toByteArray();
    }

    private static BufferedImage coloured(int label, Random random) {
        BufferedImage picture = new BufferedImage(2 * SIDE, 2 * SIDE, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < 2 * SIDE; row++) {
            for (int column = 0; column < 2 * SIDE; column++) {
                int at = row / 2 * SIDE + column / 2;
                picture.setRGB(column, row, (isBar(at, label) ? 0xa0a0a0 : 0) + (random.nextInt() & 0x3f3f3f));
            }
        }
        return picture;
    }

    private static ImageSet images(int count, long seed) {
        Random random = new Random(seed);
        byte[] pixels = new byte[count * SIDE * SIDE];
        byte[] labels = new byte[count];
        random.nextBytes(pixels);
        for (int image = 0; image < count; image++) {
            labels[image] = (byte) (image % CLASSES);
            for (int at = 0; at < SIDE * SIDE; at++) {
                int pixel = image * SIDE * SIDE + at;
                pixels[pixel] = (byte) ((pixels[pixel] & 0x3f) + (isBar(at, labels[image]) ? 0xa0 : 0));
            }
        }
        return ImageSet.of(new ImageDimensions(SIDE, SIDE, 1), pixels, labels);
    }

    private static boolean isBar(int at, int label) {
        return at / SIDE % CLASSES == label;
    }

    private static void write(Path file, Content content) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            content.writeTo(out);
        }
    }

    @FunctionalInterface
    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }
}
