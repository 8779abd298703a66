package io.catwalk.ingestion;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

import io.catwalk.dataset.IdxWriter;
import io.catwalk.dataset.ImageDimensions;
import io.catwalk.dataset.ImageSet;

/** The four files of 12 training and 4 test images of 3x3 pixels in 2 classes. */
public final class TinyDataset {
    public static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
    public static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
    public static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
    public static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

    private static final ImageDimensions SHAPE = new ImageDimensions(3, 3, 1);

    private TinyDataset() {}

    /** By their names; another seed gives other pixels. */
    public static Map<String, byte[]> files(long seed) {
        ImageSet train = images(12, seed);
        ImageSet test = images(4, seed + 1);
        Map<String, byte[]> files = new TreeMap<>();
        try {
            files.put(TRAIN_IMAGES, imagesFile(train));
            files.put(TRAIN_LABELS, labelsFile(train));
            files.put(TEST_IMAGES, imagesFile(test));
            files.put(TEST_LABELS, labelsFile(test));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    public static Path write(Path folder, Map<String, byte[]> files) {
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Files.write(folder.resolve(file.getKey()), file.getValue());
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static ImageSet images(int count, long seed) {
        byte[] pixels = new byte[count * SHAPE.bytes()];
        new Random(seed).nextBytes(pixels);
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i % 2);
        }
        return ImageSet.of(SHAPE, pixels, labels);
    }

    private static byte[] imagesFile(ImageSet set) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        IdxWriter.writeImages(set, out);
        return out.toByteArray();
    }

    private static byte[] labelsFile(ImageSet set) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        IdxWriter.writeLabels(set, out);
        return out.toByteArray();
    }
}
