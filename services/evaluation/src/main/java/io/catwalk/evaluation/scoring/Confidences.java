package io.catwalk.evaluation.scoring;

import java.nio.ByteBuffer;

/**
 * The probability of a model's predicted class for each image of a split, in the split's order. Stored as an IDX file of floats
 * (http://yann.lecun.com/exdb/mnist/).
 */
public final class Confidences {
    private static final int FLOATS_MAGIC = 0xd01;
    private static final int HEADER_BYTES = 8;

    /** Behind the header, highest byte first. */
    private final ByteBuffer idx;

    private Confidences(ByteBuffer idx) {
        this.idx = idx;
    }

    public static Confidences of(Predictions predictions) {
        ByteBuffer idx = ByteBuffer.allocate(HEADER_BYTES + Float.BYTES * predictions.count())
                .putInt(FLOATS_MAGIC)
                .putInt(predictions.count());
        for (int image = 0; image < predictions.count(); image++) {
            idx.putFloat(predictions.probability(image, predictions.predicted(image)));
        }
        return new Confidences(idx);
    }

    /** Takes the array over. @throws IllegalArgumentException for bytes that {@link #encode} can't have written */
    public static Confidences decode(byte[] idx) {
        ByteBuffer in = ByteBuffer.wrap(idx);
        if (idx.length < HEADER_BYTES
                || in.getInt() != FLOATS_MAGIC
                || (long) in.getInt() * Float.BYTES != in.remaining()) {
            throw new IllegalArgumentException("not an IDX file of floats, of " + idx.length + " bytes");
        }
        return new Confidences(in);
    }

    public byte[] encode() {
        return idx.array().clone();
    }

    public int count() {
        return (idx.capacity() - HEADER_BYTES) / Float.BYTES;
    }

    /** 0 to 1. */
    public float of(int image) {
        return idx.getFloat(HEADER_BYTES + Float.BYTES * image);
    }
}
