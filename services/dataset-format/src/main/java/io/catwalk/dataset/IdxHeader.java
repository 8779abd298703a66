package io.catwalk.dataset;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The head of an IDX file of unsigned bytes: {@code 0 0 8 rank}, then each dimension as four bytes, highest first
 * (<a href="http://yann.lecun.com/exdb/mnist/">the format's page</a>).
 *
 * @param dimensions {@code [count]}, {@code [count, height, width]} or {@code [count, height, width, channels]}
 */
public record IdxHeader(List<Integer> dimensions) {
    static final int UNSIGNED_BYTE = 8;
    /** As many labels as an array surely holds. */
    static final int MAX_COUNT = Integer.MAX_VALUE - (16 << 20);

    public IdxHeader {
        dimensions = List.copyOf(dimensions);
        if (dimensions.size() != 1 && dimensions.size() != 3 && dimensions.size() != 4) {
            throw new BadDatasetException("rank is " + dimensions.size() + ", must be 1, 3 or 4");
        }
        if (dimensions.getFirst() < 1) {
            throw new BadDatasetException("count is " + dimensions.getFirst() + ", must be at least 1");
        }
        if (dimensions.size() > 1) {
            shapeOf(dimensions);
        }
    }

    static IdxHeader ofLabels(int count) {
        return new IdxHeader(List.of(count));
    }

    static IdxHeader ofImages(int count, ImageDimensions shape) {
        return shape.channels() == 1
                ? new IdxHeader(List.of(count, shape.height(), shape.width()))
                : new IdxHeader(List.of(count, shape.height(), shape.width(), shape.channels()));
    }

    /** How many images or labels follow. */
    public int count() {
        return dimensions.getFirst();
    }

    /** @throws IllegalStateException for a file of labels */
    public ImageDimensions imageShape() {
        if (dimensions.size() == 1) {
            throw new IllegalStateException("labels have no image shape");
        }
        return shapeOf(dimensions);
    }

    /** The bytes of one image or label. */
    public int itemBytes() {
        return dimensions.size() == 1 ? 1 : imageShape().bytes();
    }

    /** The bytes of the header itself. */
    public int headerBytes() {
        return 4 * (1 + dimensions.size());
    }

    /** The bytes that follow the header. */
    public long bodyBytes() {
        return (long) count() * itemBytes();
    }

    /** The whole file's length, uncompressed. */
    public long fileBytes() {
        return headerBytes() + bodyBytes();
    }

    /** The header as it stands in the file. */
    public byte[] encoded() {
        ByteBuffer buffer = ByteBuffer.allocate(headerBytes());
        buffer.put((byte) 0).put((byte) 0).put((byte) UNSIGNED_BYTE).put((byte) dimensions.size());
        dimensions.forEach(buffer::putInt);
        return buffer.array();
    }

    private static ImageDimensions shapeOf(List<Integer> dimensions) {
        return new ImageDimensions(
                dimensions.get(1), dimensions.get(2), dimensions.size() == 4 ? dimensions.get(3) : 1);
    }
}
