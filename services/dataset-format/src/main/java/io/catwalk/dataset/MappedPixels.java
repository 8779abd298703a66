package io.catwalk.dataset;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Those of a file that is mapped into memory: they take no heap, and of the machine's memory only what is used. The file is this
 * object's own and is emptied when it is closed: its mapping lasts until it is collected, its place on the disk needn't.
 */
final class MappedPixels implements Pixels, AutoCloseable {
    /** The bytes of a buffer, whose most is one less than twice that. */
    private static final int PART = 1 << 30;

    private static final Logger LOG = System.getLogger(MappedPixels.class.getName());

    private final FileChannel file;
    private final long length;
    private final List<MappedByteBuffer> parts;
    private boolean closed;

    private MappedPixels(FileChannel file, long length, List<MappedByteBuffer> parts) {
        this.file = file;
        this.length = length;
        this.parts = parts;
    }

    /**
     * Maps the end of a file.
     *
     * @param file open for reading and writing; closed with this, or where this fails
     * @param from where the pixels begin
     */
    static MappedPixels of(FileChannel file, long from) throws IOException {
        try {
            long length = file.size() - from;
            List<MappedByteBuffer> parts = new ArrayList<>();
            for (long start = 0; start < length; start += PART) {
                parts.add(file.map(MapMode.READ_ONLY, from + start, Math.min(PART, length - start)));
            }
            return new MappedPixels(file, length, parts);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public long length() {
        return length;
    }

    /**
     * Synchronized with {@link #close}: to read of an emptied file is an {@link Error}.
     *
     * @throws IllegalStateException once this is closed
     */
    @Override
    public synchronized void copy(long from, byte[] target, int targetOffset, int length) {
        if (closed) {
            throw new IllegalStateException("the dataset's files are closed");
        }
        for (int copied = 0; copied < length; ) {
            MappedByteBuffer part = parts.get((int) ((from + copied) / PART));
            int at = (int) ((from + copied) % PART);
            int count = Math.min(length - copied, part.capacity() - at);
            part.get(at, target, targetOffset + copied, count);
            copied += count;
        }
    }

    /** A disk that refuses keeps the file until the mapping is collected. */
    @Override
    public synchronized void close() {
        closed = true;
        try (file) {
            file.truncate(0);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "can't empty a dataset's file", e);
        }
    }
}
