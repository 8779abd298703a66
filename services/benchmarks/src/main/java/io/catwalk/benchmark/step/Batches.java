package io.catwalk.benchmark.step;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.catwalk.dataset.ImageSet;
import io.catwalk.network.preprocessing.Preprocessing;

/** The batches of each round: the first of a set, all of one size. */
public record Batches(int size, List<float[]> images, List<int[]> labels) {
    private static final int PIXELS = 28 * 28;

    public Batches {
        images = List.copyOf(images);
        labels = List.copyOf(labels);
    }

    /** @throws IllegalArgumentException when the set is too small */
    public static Batches first(int count, int size, ImageSet set) {
        if (set.count() < count * size) {
            throw new IllegalArgumentException(
                    "%d batches of %d need as many images, not %d".formatted(count, size, set.count()));
        }
        return new Batches(
                size,
                IntStream.range(0, count)
                        .mapToObj(batch -> images(set, batch * size, size))
                        .toList(),
                IntStream.range(0, count)
                        .mapToObj(batch -> IntStream.range(batch * size, (batch + 1) * size)
                                .map(set::label)
                                .toArray())
                        .toList());
    }

    private static float[] images(ImageSet set, int from, int size) {
        byte[] pixels = new byte[size * set.shape().bytes()];
        for (int image = 0; image < size; image++) {
            set.copyPixels(from + image, pixels, image * set.shape().bytes());
        }
        float[] values = new float[pixels.length];
        Preprocessing.toUnit(pixels, 0, values, 0, pixels.length);
        return values;
    }

    /** Reads the format of {@link #write}. */
    static Batches read(Path file, int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int values = size * PIXELS;
        int count = bytes.remaining() / ((values + size) * Float.BYTES);
        List<float[]> images = new ArrayList<>();
        for (int batch = 0; batch < count; batch++) {
            float[] pixels = new float[values];
            bytes.asFloatBuffer().get(pixels);
            bytes.position(bytes.position() + values * Float.BYTES);
            images.add(pixels);
        }
        List<int[]> labels = new ArrayList<>();
        for (int batch = 0; batch < count; batch++) {
            int[] classes = new int[size];
            bytes.asIntBuffer().get(classes);
            bytes.position(bytes.position() + size * Integer.BYTES);
            labels.add(classes);
        }
        return new Batches(size, images, labels);
    }

    int count() {
        return labels.size();
    }

    int imageCount() {
        return count() * size;
    }

    /** Writes all images as little-endian float32, then all labels as int32. */
    void write(Path file) throws IOException {
        int values = images.stream().mapToInt(batch -> batch.length).sum() + imageCount();
        ByteBuffer bytes = ByteBuffer.allocate(values * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        images.forEach(batch -> {
            for (float value : batch) {
                bytes.putFloat(value);
            }
        });
        labels.forEach(batch -> {
            for (int label : batch) {
                bytes.putInt(label);
            }
        });
        Files.write(file, bytes.array());
    }
}
