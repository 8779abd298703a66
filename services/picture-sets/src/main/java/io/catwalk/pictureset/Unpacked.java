package io.catwalk.pictureset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

import io.catwalk.dataset.BadDatasetException;

/** What an archive has given so far, held to its limits. */
final class Unpacked {
    private static final long FREE = 1 << 20;
    private static final int CHUNK = 1 << 16;

    private final ArchiveLimits limits;
    private final MeteredInput packed;
    private final byte[] chunk = new byte[CHUNK];
    private int entries;
    private long bytes;

    Unpacked(ArchiveLimits limits, MeteredInput packed) {
        this.limits = limits;
        this.packed = packed;
    }

    int entries() {
        return entries;
    }

    /** @throws BadDatasetException for one entry too many */
    void addEntry() {
        entries++;
        if (entries > limits.maxEntries()) {
            throw new BadDatasetException("the archive has more than " + limits.maxEntries() + " entries");
        }
    }

    /**
     * Reads an entry's content to its end.
     *
     * @param name of the entry, for errors
     * @throws BadDatasetException for more than a limit allows
     */
    byte[] read(InputStream content, String name) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
            whole.write(chunk, 0, read);
            if (whole.size() > limits.maxEntryBytes()) {
                throw new BadDatasetException(
                        EntryPath.shown(name) + ": it has more than " + limits.maxEntryBytes() + " bytes unpacked");
            }
            add(read);
        }
        return whole.toByteArray();
    }

    /** Reads what follows the last entry, to its end. */
    void drain(InputStream rest) throws IOException {
        for (int read = rest.read(chunk); read >= 0; read = rest.read(chunk)) {
            add(read);
        }
    }

    /** @throws BadDatasetException for too many bytes in all, or too many for what the archive had for them */
    void add(long more) {
        bytes += more;
        if (bytes > limits.maxBytes()) {
            throw new BadDatasetException("the archive has more than " + limits.maxBytes() + " bytes unpacked");
        }
        if (bytes - FREE > packed.count() * limits.maxRatio()) {
            throw new BadDatasetException("the archive unpacks to more than " + limits.maxRatio() + " times its bytes: "
                    + packed.count() + " became " + bytes);
        }
    }
}
