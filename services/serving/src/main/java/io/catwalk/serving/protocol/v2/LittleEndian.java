package io.catwalk.serving.protocol.v2;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Tensors in the protocol's binary form. */
final class LittleEndian {
    private LittleEndian() {}

    static byte[] floats(float[] values) {
        ByteBuffer bytes = allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    /** Elements of the datatype BYTES, each after its length of 4 bytes. */
    static byte[] elements(List<byte[]> elements) {
        ByteBuffer bytes = allocate(elements.stream()
                .mapToInt(element -> Integer.BYTES + element.length)
                .sum());
        elements.forEach(element -> bytes.putInt(element.length).put(element));
        return bytes.array();
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
