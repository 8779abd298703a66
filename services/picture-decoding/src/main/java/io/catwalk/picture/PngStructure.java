package io.catwalk.picture;

import java.util.zip.CRC32;

/** What a PNG's chunks say. Source: RFC 2083, 3. */
final class PngStructure {
    private static final int SIGNATURE = 8;
    /** Length, type and checksum. */
    private static final int CHUNK_OVERHEAD = 12;

    private static final long END = 0x49454e44;

    private PngStructure() {}

    /** Requires all chunks up to IEND, those that matter with the right checksum. */
    static void check(byte[] content) throws BadPictureException {
        if (!isWhole(content)) {
            throw BadPictureException.incomplete(PictureFormat.PNG, content);
        }
    }

    private static boolean isWhole(byte[] content) {
        Bytes bytes = new Bytes(content);
        int position = SIGNATURE;
        while (content.length - position >= CHUNK_OVERHEAD) {
            long length = bytes.unsignedIntBigEndian(position);
            long type = bytes.unsignedIntBigEndian(position + 4);
            if (length > content.length - position - CHUNK_OVERHEAD) {
                return false;
            }
            int size = (int) length;
            if (isCritical(type)
                    && checksum(content, position + 4, size + 4) != bytes.unsignedIntBigEndian(position + 8 + size)) {
                return false;
            }
            if (type == END) {
                return true;
            }
            position += CHUNK_OVERHEAD + size;
        }
        return false;
    }

    private static boolean isCritical(long type) {
        return (type >>> 24 & 0x20) == 0;
    }

    private static long checksum(byte[] content, int start, int length) {
        CRC32 checksum = new CRC32();
        checksum.update(content, start, length);
        return checksum.getValue();
    }
}
