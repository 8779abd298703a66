package io.catwalk.evaluation.scoring;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model's predicted class for each image of a split, in the split's order. Stored as an IDX file of labels, as the dataset's own
 * are (http://yann.lecun.com/exdb/mnist/).
 *
 * @param classes each 0 to 255
 */
public record PredictedClasses(List<Integer> classes) {
    private static final int LABELS_MAGIC = 0x801;
    private static final int HEADER_BYTES = 8;
    private static final int LARGEST = 255;

    /** @throws IllegalArgumentException for a class that doesn't go into a byte */
    public PredictedClasses {
        classes = List.copyOf(classes);
        for (int predicted : classes) {
            if (predicted < 0 || predicted > LARGEST) {
                throw new IllegalArgumentException("predicted class: " + predicted + ", must be 0 to " + LARGEST);
            }
        }
    }

    public static PredictedClasses of(Predictions predictions) {
        return new PredictedClasses(IntStream.range(0, predictions.count())
                .map(predictions::predicted)
                .boxed()
                .toList());
    }

    public int of(int image) {
        return classes.get(image);
    }

    public byte[] encode() {
        ByteBuffer idx = ByteBuffer.allocate(HEADER_BYTES + classes.size())
                .putInt(LABELS_MAGIC)
                .putInt(classes.size());
        classes.forEach(predicted -> idx.put((byte) (int) predicted));
        return idx.array();
    }

    /** @throws IllegalArgumentException for bytes that {@link #encode} can't have written */
    public static PredictedClasses decode(byte[] idx) {
        ByteBuffer in = ByteBuffer.wrap(idx);
        if (idx.length < HEADER_BYTES || in.getInt() != LABELS_MAGIC || in.getInt() != in.remaining()) {
            throw new IllegalArgumentException("not an IDX file of labels, of " + idx.length + " bytes");
        }
        return new PredictedClasses(IntStream.range(HEADER_BYTES, idx.length)
                .map(at -> Byte.toUnsignedInt(idx[at]))
                .boxed()
                .toList());
    }
}
