package io.catwalk.pictureset;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Optional;

import io.catwalk.dataset.BadDatasetException;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The files of a zip, tar or tar.gz, one after the other, as the archive has them. The format is seen by the content. At most one file is in
 * memory; nothing is written to a disk.
 *
 * <p>A file whose path isn't a plain relative one, a link and what can't be unpacked is unreadable; what breaks a limit or an archive's
 * structure refuses the archive.
 */
public final class PictureArchive implements Closeable {
    private static final int BLOCK = 512;

    private final MeteredInput packed;
    private final Entries entries;

    private PictureArchive(MeteredInput packed, Entries entries) {
        this.packed = packed;
        this.entries = entries;
    }

    /**
     * @param source is closed with this archive, or at once if it is refused
     * @throws BadDatasetException for another format, or a damaged first entry
     * @throws IOException as the source throws it
     */
    public static PictureArchive open(InputStream source, ArchiveLimits limits) throws IOException {
        try {
            PushbackInputStream begun = new PushbackInputStream(source, BLOCK);
            byte[] start = begun.readNBytes(BLOCK);
            begun.unread(start);
            MeteredInput packed = new MeteredInput(begun, ZipEntries.TAIL);
            return new PictureArchive(packed, guarded(packed, () -> entries(start, packed, limits)));
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /**
     * @return the next file, folders left out; empty after the last
     * @throws BadDatasetException when the archive is damaged, incomplete or over a limit
     * @throws IOException as the source throws it
     */
    public Optional<ArchiveEntry> next() throws IOException {
        return guarded(packed, entries::next);
    }

    private static Entries entries(byte[] start, MeteredInput packed, ArchiveLimits limits) throws IOException {
        Unpacked unpacked = new Unpacked(limits, packed);
        if (begins(start, 'P', 'K', 3, 4) || begins(start, 'P', 'K', 5, 6)) {
            return new ZipEntries(packed, unpacked);
        }
        if (begins(start, 0x1f, 0x8b)) {
            return tar(
                    GzipCompressorInputStream.builder()
                            .setInputStream(packed)
                            .setDecompressConcatenated(true)
                            .get(),
                    unpacked);
        }
        if (TarArchiveInputStream.matches(start, start.length)) {
            return tar(packed, unpacked);
        }
        throw new BadDatasetException("the archive must be a zip, tar or tar.gz");
    }

    private static Entries tar(InputStream blocks, Unpacked unpacked) {
        return new TarEntries(new MeteredInput(blocks, TarEntries.TAIL), unpacked);
    }

    private static boolean begins(byte[] start, int... bytes) {
        for (int index = 0; index < bytes.length; index++) {
            if (index >= start.length || Byte.toUnsignedInt(start[index]) != bytes[index]) {
                return false;
            }
        }
        return true;
    }

    /** Tells damage from a source that failed: the libraries throw either for both. */
    private static <T> T guarded(MeteredInput packed, Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (BadDatasetException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            if (packed.failure().isPresent()) {
                throw packed.failure().get();
            }
            throw new BadDatasetException("the archive is damaged: " + EntryPath.shown(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void close() throws IOException {
        entries.close();
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }
}
