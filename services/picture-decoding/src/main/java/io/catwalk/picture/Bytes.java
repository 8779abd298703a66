package io.catwalk.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A file's bytes as numbers; little-endian unless named otherwise. Positions outside the file are 0. */
final class Bytes {
    private final byte[] content;

    Bytes(byte[] content) {
        this.content = content;
    }

    int length() {
        return content.length;
    }

    int unsignedByte(long position) {
        return position < 0 || position >= content.length ? 0 : Byte.toUnsignedInt(content[(int) position]);
    }

    int unsignedShort(long position) {
        return unsignedByte(position) | unsignedByte(position + 1) << 8;
    }

    int unsignedShortBigEndian(long position) {
        return unsignedByte(position) << 8 | unsignedByte(position + 1);
    }

    int unsignedTriple(long position) {
        return unsignedShort(position) | unsignedByte(position + 2) << 16;
    }

    int signedInt(long position) {
        return unsignedShort(position) | unsignedShort(position + 2) << 16;
    }

    long unsignedInt(long position) {
        return Integer.toUnsignedLong(signedInt(position));
    }

    long unsignedIntBigEndian(long position) {
        return Integer.toUnsignedLong(Integer.reverseBytes(signedInt(position)));
    }

    /** Four bytes as the name of a chunk. */
    String tag(long position) {
        byte[] tag = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(signedInt(position))
                .array();
        return new String(tag, StandardCharsets.ISO_8859_1);
    }
}
