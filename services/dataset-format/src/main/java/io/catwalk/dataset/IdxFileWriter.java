package io.catwalk.dataset;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/** Writes one plain IDX file and takes its digest meanwhile. */
final class IdxFileWriter implements Closeable {
    private final Path path;
    private final IdxHeader header;
    private final MessageDigest digest = Sha256.begin();
    private final OutputStream out;
    private long written;

    private IdxFileWriter(Path path, IdxHeader header) throws IOException {
        this.path = path;
        this.header = header;
        this.out = new BufferedOutputStream(new DigestOutputStream(Files.newOutputStream(path), digest), 1 << 16);
    }

    /**
     * Writes the header.
     *
     * @throws BadDatasetException for one that promises more than a file can hold
     */
    static IdxFileWriter create(Path path, IdxHeader header) throws IOException {
        if (header.fileBytes() > IdxLimits.LARGEST_FILE) {
            throw new BadDatasetException("%d images of %s make a file of %d bytes, must be at most %d"
                    .formatted(header.count(), header.imageShape(), header.fileBytes(), IdxLimits.LARGEST_FILE));
        }
        IdxFileWriter writer = new IdxFileWriter(path, header);
        writer.out.write(header.encoded());
        return writer;
    }

    /**
     * Writes what a reader has as a plain file, which is complete and right when this returns.
     *
     * @param name what messages call it
     */
    static StagedFile copy(IdxReader source, String name, Path path) throws IOException {
        try (IdxFileWriter out = create(path, source.header())) {
            byte[] buffer = new byte[1 << 16];
            for (int read = source.read(buffer, 0, buffer.length); read >= 0; ) {
                out.write(buffer, 0, read);
                read = source.read(buffer, 0, buffer.length);
            }
            return out.finish(name);
        }
    }

    /** Writes the next bytes of the body. */
    void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        written += length;
    }

    boolean isComplete() {
        return written == header.bodyBytes();
    }

    /**
     * The file, once it is complete; this is closed.
     *
     * @param name what messages call it
     */
    StagedFile finish(String name) throws IOException {
        close();
        if (!isComplete()) {
            throw new IllegalStateException(path + " has " + written + " of " + header.bodyBytes() + " bytes");
        }
        return new StagedFile(name, path, header, new DatasetFile(Sha256.finish(digest), header.fileBytes()));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
