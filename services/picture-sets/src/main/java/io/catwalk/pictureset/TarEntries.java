package io.catwalk.pictureset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.catwalk.dataset.BadDatasetException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A tar's files. Source: POSIX.1-2017, pax, ustar Interchange Format. */
final class TarEntries implements Entries {
    /** Two blocks of zeros. */
    static final int TAIL = 1024;

    /** A long name and a pax header are held in memory, whatever length they state. */
    private static final long MAX_HEADER = 1 << 20;

    private final MeteredInput blocks;
    private final Unpacked unpacked;
    private final TarArchiveInputStream tar;

    /** @param blocks keeps {@link #TAIL} bytes */
    TarEntries(MeteredInput blocks, Unpacked unpacked) {
        this.blocks = blocks;
        this.unpacked = unpacked;
        this.tar = new TarArchiveInputStream(blocks, StandardCharsets.UTF_8.name());
    }

    @Override
    public Optional<ArchiveEntry> next() throws IOException {
        for (Optional<TarArchiveEntry> entry = header(); entry.isPresent(); entry = header()) {
            unpacked.addEntry();
            String name = EntryPath.shown(entry.get().getName());
            requireWhole(entry.get(), name);
            byte[] content = unpacked.read(tar, name);
            if (!entry.get().isDirectory()) {
                return Optional.of(read(entry.get(), name, content));
            }
        }
        requireEnd();
        return Optional.empty();
    }

    private Optional<TarArchiveEntry> header() throws IOException {
        long before = blocks.count();
        blocks.allow(
                MAX_HEADER,
                "entry " + (unpacked.entries() + 1) + " of the tar has a header of more than " + MAX_HEADER + " bytes");
        TarArchiveEntry entry = tar.getNextEntry();
        blocks.allow(Long.MAX_VALUE, "");
        unpacked.add(blocks.count() - before);
        return Optional.ofNullable(entry);
    }

    /** Its holes would be zeros without end that no byte of the archive stands for. */
    private static void requireWhole(TarArchiveEntry entry, String name) {
        if (entry.isSparse()) {
            throw new BadDatasetException(name + ": it is sparse, which isn't read");
        }
    }

    private static ArchiveEntry read(TarArchiveEntry entry, String name, byte[] content) {
        if (isSpecial(entry)) {
            return new ArchiveEntry.Unreadable(name, "it is a link or a device, not a file");
        }
        try {
            return new ArchiveEntry.Read(EntryPath.parse(entry.getName()), content);
        } catch (BadDatasetException e) {
            return new ArchiveEntry.Unreadable(name, String.valueOf(e.getMessage()));
        }
    }

    private static boolean isSpecial(TarArchiveEntry entry) {
        return entry.isLink()
                || entry.isSymbolicLink()
                || entry.isCharacterDevice()
                || entry.isBlockDevice()
                || entry.isFIFO();
    }

    /** A tar that was cut between two files would pass for a smaller one. */
    private void requireEnd() throws IOException {
        unpacked.drain(blocks);
        byte[] tail = blocks.tail();
        for (byte value : tail) {
            if (value != 0) {
                throw incomplete();
            }
        }
        if (tail.length < TAIL) {
            throw incomplete();
        }
    }

    private static BadDatasetException incomplete() {
        return new BadDatasetException("the tar is incomplete: it doesn't end with two blocks of zeros");
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
