package io.catwalk.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;

/** A file's bytes as they are stored, with the offset of the next one; more than a bound of them is refused. */
final class RawBytes extends InputStream {
    private static final byte[] NOTHING = {};

    private final String file;
    private final InputStream source;
    private final long maxBytes;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private long bufferOffset;

    RawBytes(String file, InputStream source, long maxBytes) {
        this.file = file;
        this.source = source;
        this.maxBytes = maxBytes;
    }

    String file() {
        return file;
    }

    /** The offset in the file of the byte that comes next. */
    long offset() {
        return bufferOffset + position;
    }

    /** Whether gzip's two magic bytes come next. */
    boolean isGzip() throws IOException {
        if (limit - position < 2) {
            fill();
        }
        return limit - position >= 2 && buffer[position] == 0x1f && buffer[position + 1] == (byte) 0x8b;
    }

    boolean hasNext() throws IOException {
        if (position == limit) {
            fill();
        }
        return position < limit;
    }

    /** Moves what is left to the buffer's front and reads more behind it. */
    private void fill() throws IOException {
        int left = limit - position;
        System.arraycopy(buffer, position, buffer, 0, left);
        bufferOffset += position;
        position = 0;
        limit = left + source.readNBytes(buffer, left, buffer.length - left);
        if (bufferOffset + limit > maxBytes) {
            throw new BadIdxException(
                    file, "byte " + maxBytes, "the file goes on, but may have " + maxBytes + " bytes");
        }
    }

    @Override
    public int read() throws IOException {
        return hasNext() ? buffer[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!hasNext()) {
            return -1;
        }
        int read = Math.min(length, limit - position);
        System.arraycopy(buffer, position, target, offset, read);
        position += read;
        return read;
    }

    /** Hands all that is buffered to the inflater; false at the end of the file. */
    boolean feed(Inflater inflater) throws IOException {
        if (!hasNext()) {
            return false;
        }
        inflater.setInput(buffer, position, limit - position);
        position = limit;
        return true;
    }

    /** Takes back what the inflater was fed with and didn't use. */
    void takeBack(Inflater inflater) {
        position -= inflater.getRemaining();
        inflater.setInput(NOTHING);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
