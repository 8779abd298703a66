package io.catwalk.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * Streams one IDX file of unsigned bytes, checking all of it, in constant memory.
 *
 * <p>The file may be gzip or plain; its first two bytes decide, never its name, so a plain file with a {@code .gz} name
 * is accepted (HTTP clients leave such files behind when they undo a content encoding). A gzip file may have
 * several members, one after the other, and zeros behind the last. Refused are gzip within gzip, a wrong checksum or
 * length, and any other byte after the end. Images with the channels as a fourth dimension are accepted, with one channel too.
 *
 * <p>Offsets in messages count bytes of the uncompressed content, those of gzip's own fields bytes of the file as it is
 * stored. Whatever the bytes are, all methods end in a {@link BadIdxException} or well; an {@link IOException} is the
 * source's own.
 */
public final class IdxReader implements Closeable {
    private final String file;
    private final InputStream content;
    private final IdxHeader header;
    private long remaining;

    private IdxReader(String file, InputStream content, IdxHeader header) {
        this.file = file;
        this.content = content;
        this.header = header;
        this.remaining = header.bodyBytes();
    }

    /**
     * Reads the header. The stream is closed with the reader, or here when the header is refused.
     *
     * @param file names the source in messages
     * @throws BadIdxException when the header isn't one of that kind within the limits
     */
    public static IdxReader open(IdxKind kind, String file, InputStream in, IdxLimits limits) throws IOException {
        RawBytes raw = new RawBytes(file, in, limits.maxRawBytes());
        boolean opened = false;
        InputStream content = raw;
        try {
            content = raw.isGzip() ? GzipContent.open(raw) : raw;
            IdxReader reader = new IdxReader(file, content, IdxHeaderReader.read(kind, file, content, limits));
            opened = true;
            return reader;
        } finally {
            if (!opened) {
                content.close();
            }
        }
    }

    public IdxHeader header() {
        return header;
    }

    /**
     * Reads the next bytes of the body. The read that takes the last of them also checks that the file ends there.
     *
     * @return how many were read, or -1 after the last
     * @throws BadIdxException when the file ends before its body or continues after it
     */
    public int read(byte[] target, int offset, int length) throws IOException {
        if (remaining == 0) {
            return -1;
        }
        int read = content.read(target, offset, (int) Math.min(length, remaining));
        if (read < 0) {
            throw truncated();
        }
        remaining -= read;
        if (remaining == 0 && content.read() >= 0) {
            throw new BadIdxException(
                    file, "byte " + header.fileBytes(), "trailing bytes follow, the file must end here");
        }
        return read;
    }

    private BadIdxException truncated() {
        long read = header.bodyBytes() - remaining;
        return new BadIdxException(
                file,
                "byte " + (header.headerBytes() + read),
                "the file ends after " + read / header.itemBytes() + " whole items, the header promises "
                        + header.count() + " of " + header.itemBytes() + " bytes");
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
