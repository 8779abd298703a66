package io.catwalk.local.demo;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

import io.catwalk.local.dataset.FashionMnistFile;

/**
 * The first pictures of Fashion-MNIST's test set. The files' digests were checked, so their headers are known: 16 bytes for
 * images of 28x28 unsigned bytes, 8 for labels.
 */
final class TestPictures {
    private static final int IMAGES_HEADER = 16;
    private static final int LABELS_HEADER = 8;
    private static final int SIDE = 28;

    private TestPictures() {}

    /** @param folder with the dataset's files */
    static List<TestPicture> first(int count, Path folder) {
        try (InputStream images = FashionMnistFile.TEST_IMAGES.open(folder);
                InputStream labels = FashionMnistFile.TEST_LABELS.open(folder)) {
            images.skipNBytes(IMAGES_HEADER);
            labels.skipNBytes(LABELS_HEADER);
            List<TestPicture> pictures = new ArrayList<>();
            for (int number = 0; number < count; number++) {
                pictures.add(new TestPicture(number, png(images.readNBytes(SIDE * SIDE)), labels.read()));
            }
            return List.copyOf(pictures);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the test pictures in " + folder, e);
        }
    }

    private static byte[] png(byte[] pixels) throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, SIDE, SIDE, pixels);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    /**
     * A picture and what it shows.
     *
     * @param number its place in the test set, from 0
     * @param png greyscale, 28x28
     * @param label the class, from 0
     */
    record TestPicture(int number, byte[] png, int label) {}
}
