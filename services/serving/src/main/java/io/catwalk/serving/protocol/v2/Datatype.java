package io.catwalk.serving.protocol.v2;

import java.nio.ByteBuffer;
import java.util.List;

import io.catwalk.serving.protocol.tensor.FloatTensor;
import io.catwalk.serving.protocol.tensor.ImageBatch;
import io.catwalk.serving.refusal.RefusedException;

/** The datatypes of images. */
enum Datatype {
    /** Values from 0 to 1. */
    FP32(Float.BYTES) {
        @Override
        float[] decode(ByteBuffer bytes, String name) {
            float[] values = new float[bytes.remaining() / Float.BYTES];
            bytes.asFloatBuffer().get(values);
            for (int index = 0; index < values.length; index++) {
                if (!Float.isFinite(values[index])) {
                    throw RefusedException.badInput(name + " must be finite, value " + index + " is " + values[index]);
                }
            }
            return values;
        }

        @Override
        FloatTensor fromJson(FloatTensor tensor, String name) {
            return tensor;
        }
    },

    /** Grey values from 0 to 255, which the model gets as 0 to 1. */
    UINT8(1) {
        @Override
        float[] decode(ByteBuffer bytes, String name) {
            float[] values = new float[bytes.remaining()];
            for (int index = 0; index < values.length; index++) {
                values[index] = Byte.toUnsignedInt(bytes.get()) / 255f;
            }
            return values;
        }

        @Override
        FloatTensor fromJson(FloatTensor tensor, String name) {
            return ImageBatch.fromUint8(tensor, name);
        }
    };

    private final int bytes;

    Datatype(int bytes) {
        this.bytes = bytes;
    }

    /** @throws RefusedException with {@code BAD_INPUT} for an unsupported datatype */
    static Datatype named(String name, String tensor) {
        return List.of(values()).stream()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> RefusedException.badInput(tensor + ".datatype must be FP32 or UINT8"));
    }

    /** The bytes of one value. */
    int bytes() {
        return bytes;
    }

    /** @param bytes little-endian */
    abstract float[] decode(ByteBuffer bytes, String name);

    /** Converts numbers of this type to the model's input. */
    abstract FloatTensor fromJson(FloatTensor tensor, String name);
}
