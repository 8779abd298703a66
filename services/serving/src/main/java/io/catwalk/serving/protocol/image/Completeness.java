package io.catwalk.serving.protocol.image;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.zip.CRC32;

/**
 * Whether a picture's bytes reach its end. Decoders fill what is missing with grey or black, which a model would then
 * classify.
 */
final class Completeness {
    private static final int PNG_SIGNATURE = 8;
    /** Length, type and checksum. */
    private static final int PNG_CHUNK_OVERHEAD = 12;

    private static final int PNG_END = 0x49454e44;
    private static final int MARKER = 0xff;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;

    private Completeness() {}

    /** Whether all chunks up to IEND are there, those that matter with the right checksum. Source: RFC 2083, 3. */
    static boolean isWholePng(byte[] content) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        int position = PNG_SIGNATURE;
        while (content.length - position >= PNG_CHUNK_OVERHEAD) {
            int length = bytes.getInt(position);
            int type = bytes.getInt(position + 4);
            if (length < 0 || length > content.length - position - PNG_CHUNK_OVERHEAD) {
                return false;
            }
            if (isCritical(type)
                    && checksum(content, position + 4, length + 4) != bytes.getInt(position + 8 + length)) {
                return false;
            }
            if (type == PNG_END) {
                return true;
            }
            position += PNG_CHUNK_OVERHEAD + length;
        }
        return false;
    }

    /** The number of scans up to EOI; absent if that isn't there. Source: ITU-T T.81, B.1. */
    static OptionalInt scansOfWholeJpeg(byte[] content) {
        int scans = 0;
        int position = 2;
        while (position + 1 < content.length) {
            int code = unsigned(content, position + 1);
            if (unsigned(content, position) != MARKER || code == MARKER) {
                position++;
            } else if (code == END_OF_IMAGE) {
                return OptionalInt.of(scans);
            } else {
                scans += code == START_OF_SCAN ? 1 : 0;
                position += standsAlone(code) ? 2 : 2 + segmentLength(content, position + 2);
            }
        }
        return OptionalInt.empty();
    }

    private static boolean isCritical(int type) {
        return (type >>> 24 & 0x20) == 0;
    }

    private static int checksum(byte[] content, int start, int length) {
        CRC32 checksum = new CRC32();
        checksum.update(content, start, length);
        return (int) checksum.getValue();
    }

    /** Stuffed zeros, TEM, restart markers and SOI have no segment. */
    private static boolean standsAlone(int code) {
        return code <= 0x01 || code >= 0xd0 && code <= 0xd8;
    }

    private static int segmentLength(byte[] content, int position) {
        return position + 1 < content.length
                ? Math.max(2, unsigned(content, position) << 8 | unsigned(content, position + 1))
                : content.length;
    }

    private static int unsigned(byte[] content, int position) {
        return Byte.toUnsignedInt(content[position]);
    }
}
