package io.catwalk.dataset;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Labelled images: uint8 pixels in NHWC order (image, row, column, channel), in the heap or in a mapped file, and uint8 labels in
 * the heap. Never empty. Views made by {@link #slice} share the bytes.
 */
public final class ImageSet implements LabelledImages {
    private final ImageDimensions shape;
    private final Pixels pixels;
    private final byte[] labels;
    private final int from;
    private final int count;

    private ImageSet(ImageDimensions shape, Pixels pixels, byte[] labels, int from, int count) {
        this.shape = shape;
        this.pixels = pixels;
        this.labels = labels;
        this.from = from;
        this.count = count;
    }

    /**
     * Takes the arrays over without a copy: the caller leaves them alone from here on.
     *
     * @param pixels as many images of the shape as there are labels
     * @param labels unsigned
     * @throws BadDatasetException when there are no labels or the lengths disagree
     */
    public static ImageSet of(ImageDimensions shape, byte[] pixels, byte[] labels) {
        return of(shape, new Pixels.InHeap(pixels), labels);
    }

    static ImageSet of(ImageDimensions shape, Pixels pixels, byte[] labels) {
        if (labels.length == 0) {
            throw new BadDatasetException("labels has 0 entries, must have at least 1");
        }
        if (pixels.length() != (long) labels.length * shape.bytes()) {
            throw new BadDatasetException("pixels has " + pixels.length() + " bytes, must have " + labels.length
                    + " images of " + shape.bytes());
        }
        return new ImageSet(shape, pixels, labels, 0, labels.length);
    }

    @Override
    public ImageDimensions shape() {
        return shape;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int label(int image) {
        return labels[from + Objects.checkIndex(image, count)] & 0xff;
    }

    /** One value of an image, 0 to 255. */
    public int pixel(int image, int row, int column, int channel) {
        Objects.checkIndex(image, count);
        Objects.checkIndex(row, shape.height());
        Objects.checkIndex(column, shape.width());
        Objects.checkIndex(channel, shape.channels());
        int inImage = (row * shape.width() + column) * shape.channels() + channel;
        byte[] value = new byte[1];
        pixels.copy(offset(image) + inImage, value, 0, 1);
        return value[0] & 0xff;
    }

    /** A copy of all pixels of this view, {@code count x shape().bytes()}, read-only: for sets that fit into the heap. */
    public ByteBuffer pixels() {
        byte[] copy = new byte[Math.multiplyExact(count, shape.bytes())];
        pixels.copy(offset(0), copy, 0, copy.length);
        return ByteBuffer.wrap(copy).asReadOnlyBuffer();
    }

    /** All labels of this view, unsigned, read-only and without a copy. */
    public ByteBuffer labels() {
        return ByteBuffer.wrap(labels, from, count).slice().asReadOnlyBuffer();
    }

    /** How batches are gathered. */
    @Override
    public void copyPixels(int image, byte[] target, int targetOffset) {
        Objects.checkIndex(image, count);
        pixels.copy(offset(image), target, targetOffset, shape.bytes());
    }

    /**
     * The images from {@code from} to before {@code to}, as a view.
     *
     * @throws IndexOutOfBoundsException for bounds outside this set, or for none at all
     */
    public ImageSet slice(int from, int to) {
        Objects.checkFromToIndex(from, to, count);
        if (from == to) {
            throw new IndexOutOfBoundsException("the slice from " + from + " to " + to + " is empty");
        }
        return new ImageSet(shape, pixels, labels, this.from + from, to - from);
    }

    void writePixels(OutputStream out) throws IOException {
        byte[] values = new byte[shape.bytes()];
        for (int image = 0; image < count; image++) {
            copyPixels(image, values, 0);
            out.write(values);
        }
    }

    void writeLabels(OutputStream out) throws IOException {
        out.write(labels, from, count);
    }

    private long offset(int image) {
        return ((long) from + image) * shape.bytes();
    }

    @Override
    public String toString() {
        return count + " images of " + shape;
    }
}
