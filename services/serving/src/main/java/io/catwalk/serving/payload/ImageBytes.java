package io.catwalk.serving.payload;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

import com.google.protobuf.ByteString;
import io.catwalk.serving.v1.ImageEncoding;

/**
 * Images in as few bytes as hold them exactly.
 *
 * @param encoding of each value
 */
record ImageBytes(ImageEncoding encoding, ByteString bytes) {
    private static final int MAX_LEVEL = 255;

    /** One byte a value where all are multiples of 1/255 from 0 to 1, as pictures are; else float32. */
    static ImageBytes of(float[] images) {
        return levels(images)
                .map(bytes -> new ImageBytes(ImageEncoding.IMAGE_ENCODING_UINT8, ByteString.copyFrom(bytes)))
                .orElseGet(() -> new ImageBytes(ImageEncoding.IMAGE_ENCODING_FLOAT32, floats(images)));
    }

    private static Optional<byte[]> levels(float[] images) {
        byte[] levels = new byte[images.length];
        for (int index = 0; index < images.length; index++) {
            int level = Math.round(images[index] * MAX_LEVEL);
            boolean exact = level >= 0
                    && level <= MAX_LEVEL
                    && Float.floatToRawIntBits(level / (float) MAX_LEVEL) == Float.floatToRawIntBits(images[index]);
            if (!exact) {
                return Optional.empty();
            }
            levels[index] = (byte) level;
        }
        return Optional.of(levels);
    }

    private static ByteString floats(float[] images) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(images.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(images);
        return ByteString.copyFrom(bytes);
    }
}
