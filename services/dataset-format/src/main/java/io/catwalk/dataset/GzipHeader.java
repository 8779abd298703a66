package io.catwalk.dataset;

import java.io.IOException;
import java.util.zip.CRC32;

/** Reads past the head of a gzip member (RFC 1952, 2.3) and checks all of it. */
final class GzipHeader {
    private static final int DEFLATE = 8;
    private static final int HEADER_CRC = 0x02;
    private static final int EXTRA = 0x04;
    private static final int NAME = 0x08;
    private static final int COMMENT = 0x10;
    private static final int RESERVED = 0xe0;
    private static final int MAX_TEXT = 1 << 16;

    private final RawBytes raw;
    private final CRC32 crc = new CRC32();

    private GzipHeader(RawBytes raw) {
        this.raw = raw;
    }

    /** Leaves {@code raw} at the first byte of the deflated data. */
    static void skip(RawBytes raw) throws IOException {
        new GzipHeader(raw).skip();
    }

    private void skip() throws IOException {
        skipBytes(2);
        int method = next();
        if (method != DEFLATE) {
            throw bad("compression method", method + ", must be 8 (deflate)");
        }
        int flags = next();
        if ((flags & RESERVED) != 0) {
            throw bad("flags", flags + ", the three highest bits must be 0");
        }
        skipBytes(6);
        if ((flags & EXTRA) != 0) {
            skipBytes(next() | next() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText("name");
        }
        if ((flags & COMMENT) != 0) {
            skipText("comment");
        }
        if ((flags & HEADER_CRC) != 0) {
            checkCrc();
        }
    }

    private void checkCrc() throws IOException {
        int computed = (int) crc.getValue() & 0xffff;
        int stored = next() | next() << 8;
        if (stored != computed) {
            throw bad("header CRC", "%04x, but the header's is %04x".formatted(stored, computed));
        }
    }

    private void skipText(String field) throws IOException {
        for (int length = 0; next() != 0; length++) {
            if (length == MAX_TEXT) {
                throw bad(field, "longer than " + MAX_TEXT + " bytes");
            }
        }
    }

    private void skipBytes(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private int next() throws IOException {
        int value = raw.read();
        if (value < 0) {
            throw new BadIdxException(raw.file(), "byte " + raw.offset(), "the file ends within the gzip header");
        }
        crc.update(value);
        return value;
    }

    private BadIdxException bad(String field, String problem) {
        return new BadIdxException(raw.file(), "byte " + (raw.offset() - 1) + " (gzip " + field + ")", problem);
    }
}
