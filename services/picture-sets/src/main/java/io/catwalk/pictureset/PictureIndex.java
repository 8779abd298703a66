package io.catwalk.pictureset;

import java.util.Arrays;
import java.util.Optional;

import io.catwalk.dataset.LabelledImages;

/** What is known in memory of each picture of a set, 18 bytes: the key of its pixels, its class and its split. */
final class PictureIndex {
    private static final byte NO_SPLIT = -1;
    private static final Split[] SPLITS = Split.values();

    private long[] high = new long[1024];
    private long[] low = new long[1024];
    private byte[] classes = new byte[1024];
    private byte[] splits = new byte[1024];
    private int size;

    int size() {
        return size;
    }

    /** @param number of its class, 0 to 255 */
    void add(Key pixels, int number, Optional<Split> split) {
        if (size == high.length) {
            int capacity = Math.addExact(size, size / 2);
            high = Arrays.copyOf(high, capacity);
            low = Arrays.copyOf(low, capacity);
            classes = Arrays.copyOf(classes, capacity);
            splits = Arrays.copyOf(splits, capacity);
        }
        high[size] = pixels.high();
        low[size] = pixels.low();
        classes[size] = (byte) number;
        splits[size] = split.map(given -> (byte) given.ordinal()).orElse(NO_SPLIT);
        size++;
    }

    void addAll(LabelledImages images, Split split) {
        byte[] pixels = new byte[images.shape().bytes()];
        for (int image = 0; image < images.count(); image++) {
            images.copyPixels(image, pixels, 0);
            add(Key.of(pixels), images.label(image), Optional.of(split));
        }
    }

    /** Equal for equal pixels. */
    Key key(int picture) {
        return new Key(high[picture], low[picture]);
    }

    int classNumber(int picture) {
        return Byte.toUnsignedInt(classes[picture]);
    }

    /** Empty as long as none is given or decided. */
    Optional<Split> split(int picture) {
        return splits[picture] == NO_SPLIT ? Optional.empty() : Optional.of(SPLITS[splits[picture]]);
    }

    void decide(int picture, Split split) {
        splits[picture] = (byte) split.ordinal();
    }

    /** @param renumbering the new number of each */
    void renumberClasses(int[] renumbering) {
        for (int picture = 0; picture < size; picture++) {
            classes[picture] = (byte) renumbering[classNumber(picture)];
        }
    }
}
