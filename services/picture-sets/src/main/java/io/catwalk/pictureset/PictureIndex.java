package io.catwalk.pictureset;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

import io.catwalk.dataset.LabelledImages;

/** What is known of each picture of a set: its class and its split, 2 bytes of heap, and the key of its pixels, on the disk. */
final class PictureIndex implements Closeable {
    private static final byte NO_SPLIT = -1;
    private static final Split[] SPLITS = Split.values();

    private final KeyFile keys;
    private byte[] classes = new byte[1024];
    private byte[] splits = new byte[1024];
    private int size;

    /** Creates its file in a folder. */
    PictureIndex(Path folder) throws IOException {
        this.keys = new KeyFile(folder);
    }

    int size() {
        return size;
    }

    /** @param number of its class, 0 to 255 */
    void add(Key pixels, int number, Optional<Split> split) throws IOException {
        if (size == classes.length) {
            int capacity = Math.addExact(size, size / 2);
            classes = Arrays.copyOf(classes, capacity);
            splits = Arrays.copyOf(splits, capacity);
        }
        keys.add(pixels);
        classes[size] = (byte) number;
        splits[size] = split.map(given -> (byte) given.ordinal()).orElse(NO_SPLIT);
        size++;
    }

    void addAll(LabelledImages images, Split split) throws IOException {
        byte[] pixels = new byte[images.shape().bytes()];
        for (int image = 0; image < images.count(); image++) {
            images.copyPixels(image, pixels, 0);
            add(Key.of(pixels), images.label(image), Optional.of(split));
        }
    }

    /** Equal for equal pixels. After {@link #close}. */
    Key key(int picture) {
        return keys.key(picture);
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

    /** Ends the adding: keys can be read from here on. */
    @Override
    public void close() throws IOException {
        keys.close();
    }
}
