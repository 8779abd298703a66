package io.catwalk.pictureset;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

import io.catwalk.dataset.BadDatasetException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipMethod;

/** A zip's files, read as a stream: each by its own header, with its checksum. Source: PKWARE, APPNOTE 6.3.10, 4.3. */
final class ZipEntries implements Entries {
    /** The end record and the longest comment. */
    static final int TAIL = 22 + 0xffff;

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int ENTRIES_AT = 10;
    private static final int MANY = 0xffff;

    private final MeteredInput packed;
    private final Unpacked unpacked;
    private final ZipArchiveInputStream zip;
    private Optional<ZipArchiveEntry> upcoming;
    private int files;

    /** @param packed keeps {@link #TAIL} bytes */
    ZipEntries(MeteredInput packed, Unpacked unpacked) throws IOException {
        this.packed = packed;
        this.unpacked = unpacked;
        this.zip = new ZipArchiveInputStream(packed, StandardCharsets.UTF_8.name(), true) {
            /** The library's needs another one. */
            @Override
            protected InputStream createZstdInputStream(InputStream compressed) {
                return compressed;
            }
        };
        this.upcoming = Optional.ofNullable(zip.getNextEntry());
    }

    @Override
    public Optional<ArchiveEntry> next() throws IOException {
        while (upcoming.isPresent()) {
            ZipArchiveEntry entry = upcoming.get();
            unpacked.addEntry();
            Optional<String> obstacle = obstacle(entry);
            if (obstacle.isPresent()) {
                advance();
                return Optional.of(new ArchiveEntry.Unreadable(shown(entry), obstacle.get()));
            }
            byte[] content = unpacked.read(zip, shown(entry));
            advance();
            requireChecksum(entry, content);
            if (!entry.isDirectory()) {
                return Optional.of(read(entry, content));
            }
        }
        requireEnd();
        return Optional.empty();
    }

    /** A header of the data that follow them tells the checksum: it is known only after this. */
    private void advance() throws IOException {
        upcoming = Optional.ofNullable(zip.getNextEntry());
        files++;
    }

    private Optional<String> obstacle(ZipArchiveEntry entry) {
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            return Optional.of("it is encrypted");
        }
        int method = entry.getMethod();
        if (method != ZipMethod.STORED.getCode() && method != ZipMethod.DEFLATED.getCode()) {
            return Optional.of("it is compressed by method " + method + ", must be stored (0) or deflated (8)");
        }
        return zip.canReadEntryData(entry)
                ? Optional.empty()
                : Optional.of("it is stored without its length, which can't be read as a stream");
    }

    private static ArchiveEntry read(ZipArchiveEntry entry, byte[] content) {
        try {
            return new ArchiveEntry.Read(EntryPath.parse(name(entry)), content);
        } catch (BadDatasetException e) {
            return new ArchiveEntry.Unreadable(shown(entry), String.valueOf(e.getMessage()));
        }
    }

    /** Many writers use UTF-8 without saying so. */
    private static String name(ZipArchiveEntry entry) {
        if (entry.getNameSource() != ZipArchiveEntry.NameSource.NAME) {
            return entry.getName();
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(entry.getRawName()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadDatasetException("its path isn't UTF-8");
        }
    }

    private static String shown(ZipArchiveEntry entry) {
        return EntryPath.shown(entry.getName());
    }

    private static void requireChecksum(ZipArchiveEntry entry, byte[] content) {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        if (checksum.getValue() != entry.getCrc()) {
            throw new BadDatasetException(shown(entry) + ": it is damaged: its checksum is "
                    + Long.toHexString(checksum.getValue()) + ", must be " + Long.toHexString(entry.getCrc()));
        }
    }

    /** A zip that was cut between two files would pass for a smaller one. */
    private void requireEnd() throws IOException {
        packed.transferTo(OutputStream.nullOutputStream());
        ByteBuffer tail = ByteBuffer.wrap(packed.tail()).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = tail.limit() - 22; at >= 0; at--) {
            if (tail.getInt(at) == END_SIGNATURE) {
                int stated = Short.toUnsignedInt(tail.getShort(at + ENTRIES_AT));
                if (stated == MANY || stated == files) {
                    return;
                }
            }
        }
        throw new BadDatasetException("the zip is incomplete: its end record for " + files + " entries is missing");
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
