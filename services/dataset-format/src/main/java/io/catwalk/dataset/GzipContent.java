package io.catwalk.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The content of a gzip file: that of its members, one after the other (RFC 1952, 2.2), behind which zeros may fill the file
 * up, as tapes and block devices do. Stricter than {@link java.util.zip.GZIPInputStream}, which takes a file with garbage
 * behind it: the end of the content is given only after each checksum and length and the end of the file were right.
 */
final class GzipContent extends InputStream {
    private final RawBytes raw;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private boolean ended;

    private GzipContent(RawBytes raw) {
        this.raw = raw;
    }

    /** Reads the first member's header from the beginning of a file. */
    static GzipContent open(RawBytes raw) throws IOException {
        GzipHeader.skip(raw);
        return new GzipContent(raw);
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            int inflated = inflate(target, offset, length);
            if (inflated > 0) {
                crc.update(target, offset, inflated);
                return inflated;
            }
            if (inflater.finished()) {
                raw.takeBack(inflater);
                checkTrailer();
                ended = !beginNextMember();
            } else if (!raw.feed(inflater)) {
                throw bad("the file ends within the compressed data");
            }
        }
        return -1;
    }

    private int inflate(byte[] target, int offset, int length) {
        try {
            int inflated = inflater.inflate(target, offset, length);
            if (inflater.needsDictionary()) {
                throw bad("the compressed data needs a dictionary");
            }
            return inflated;
        } catch (DataFormatException e) {
            throw bad("the compressed data is damaged: " + e.getMessage());
        }
    }

    private void checkTrailer() throws IOException {
        checkNumber("checksum", crc.getValue());
        checkNumber("length", inflater.getBytesWritten() & 0xffff_ffffL);
    }

    /** False at the end of the file. */
    private boolean beginNextMember() throws IOException {
        if (raw.isGzip()) {
            GzipHeader.skip(raw);
            inflater.reset();
            crc.reset();
            return true;
        }
        while (raw.hasNext()) {
            long offset = raw.offset();
            if (raw.read() != 0) {
                throw new BadIdxException(
                        raw.file(), "byte " + offset, "trailing bytes other than zeros follow the gzip member");
            }
        }
        return false;
    }

    private void checkNumber(String field, long actual) throws IOException {
        long offset = raw.offset();
        byte[] bytes = raw.readNBytes(4);
        if (bytes.length < 4) {
            throw bad("the file ends within the gzip " + field);
        }
        long stored = bytes[0] & 0xffL | (bytes[1] & 0xffL) << 8 | (bytes[2] & 0xffL) << 16 | (bytes[3] & 0xffL) << 24;
        if (stored != actual) {
            throw new BadIdxException(
                    raw.file(),
                    "byte " + offset + " (gzip " + field + ")",
                    "%08x, but the content's is %08x".formatted(stored, actual));
        }
    }

    private BadIdxException bad(String problem) {
        return new BadIdxException(raw.file(), "byte " + (raw.offset() - inflater.getRemaining()), problem);
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        raw.close();
    }
}
