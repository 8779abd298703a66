package io.catwalk.pictureset;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

import io.catwalk.dataset.BadDatasetException;

/**
 * A stream that counts what was read of it, ends a parser that reads more than it may, keeps the end, and remembers whether the source
 * failed, as parsers report that as damage.
 */
final class MeteredInput extends InputStream {
    private final InputStream source;
    private final byte[] tail;
    private long count;
    private long mostCount = Long.MAX_VALUE;
    private String beyond = "";
    private Optional<IOException> failure = Optional.empty();

    /** @param tail bytes of the end to keep, a ring */
    MeteredInput(InputStream source, int tail) {
        this.source = source;
        this.tail = new byte[tail];
    }

    long count() {
        return count;
    }

    /** @param reason of the refusal when more than {@code bytes} are read from here on */
    void allow(long bytes, String reason) {
        mostCount = bytes > Long.MAX_VALUE - count ? Long.MAX_VALUE : count + bytes;
        beyond = reason;
    }

    /** What the source failed with. */
    Optional<IOException> failure() {
        return failure;
    }

    /** The last bytes, as many as are kept and were read. */
    byte[] tail() {
        int length = (int) Math.min(count, tail.length);
        byte[] last = new byte[length];
        for (int index = 0; index < length; index++) {
            last[index] = tail[(int) ((count - length + index) % tail.length)];
        }
        return last;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = readSource(target, offset, length);
        if (read > 0) {
            keep(target, offset, read);
            count += read;
            if (count > mostCount) {
                throw new BadDatasetException(beyond);
            }
        }
        return read;
    }

    private int readSource(byte[] target, int offset, int length) throws IOException {
        try {
            return source.read(target, offset, length);
        } catch (IOException e) {
            failure = Optional.of(e);
            throw e;
        }
    }

    private void keep(byte[] read, int offset, int length) {
        if (tail.length == 0) {
            return;
        }
        int kept = Math.min(length, tail.length);
        byte[] last = Arrays.copyOfRange(read, offset + length - kept, offset + length);
        int at = (int) ((count + length - kept) % tail.length);
        int first = Math.min(kept, tail.length - at);
        System.arraycopy(last, 0, tail, at, first);
        System.arraycopy(last, first, tail, 0, kept - first);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
