package io.catwalk.network.export;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import org.apache.commons.io.file.PathUtils;

/**
 * A model's folder as one ZIP file: entries uncompressed, by name, all of 1980-02-01, so that equal content is equal
 * bytes. There is no guard against an archive that was cut off between two entries: archives are fetched by digest.
 */
public final class SavedModelArchive {
    /** Files and folders that one archive may hold. */
    public static final int MAX_ENTRIES = 1000;

    /** ZIP begins at 1980-01-01; for exactly that time Java adds a field that depends on the time zone. */
    private static final LocalDateTime DATE = LocalDateTime.of(1980, 2, 1, 0, 0);

    private static final String SEGMENT = "(?!\\.{1,2}(/|$))[A-Za-z0-9._-]{1,255}";
    private static final Pattern PATH = Pattern.compile(SEGMENT + "(/" + SEGMENT + "){0,7}/?");

    private SavedModelArchive() {}

    /**
     * The archive of these files.
     *
     * @param files content by path, with {@code /} between a folder and what is in it
     */
    public static byte[] pack(SortedMap<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(entry(file.getKey(), file.getValue()));
                zip.write(file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Unpacks an archive. Creates the target only if the whole archive is valid.
     *
     * @param target a folder that doesn't exist yet; its parent does
     * @param maxBytes of all files together, unpacked
     * @throws UnusableArchiveException for bytes that aren't an archive, one that is larger, holds more than {@link #MAX_ENTRIES}, or names
     *     a path twice, outside the target, or with other characters than {@code A-Z a-z 0-9 . _ -}
     * @throws IOException when the archive can't be read to its end, or the target can't be written
     */
    public static void unpack(InputStream archive, Path target, long maxBytes) throws IOException {
        Path parent = target.toAbsolutePath().getParent();
        Path partial = Files.createTempDirectory(parent, ".unpack");
        try {
            unpackInto(archive, partial, maxBytes);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (ZipException | EOFException e) {
            throw new UnusableArchiveException("no archive: " + e.getMessage(), e);
        } finally {
            if (Files.exists(partial)) {
                PathUtils.deleteDirectory(partial);
            }
        }
    }

    private static ZipEntry entry(String path, byte[] content) {
        requireSafe(path);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(path);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        entry.setTimeLocal(DATE);
        return entry;
    }

    private static void unpackInto(InputStream archive, Path folder, long maxBytes) throws IOException {
        ZipInputStream zip = new ZipInputStream(archive);
        Set<String> seen = new HashSet<>();
        long left = maxBytes;
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            requireSafe(entry.getName());
            requireNew(entry.getName(), seen);
            left -= write(zip, entry, folder.resolve(entry.getName()), left);
            if (left < 0) {
                throw new UnusableArchiveException("the archive holds more than %d bytes".formatted(maxBytes));
            }
        }
        if (seen.isEmpty()) {
            throw new UnusableArchiveException("no archive: it has no entry");
        }
    }

    private static void requireNew(String path, Set<String> seen) {
        if (!seen.add(path)) {
            throw new UnusableArchiveException("the archive names %s twice".formatted(path));
        }
        if (seen.size() > MAX_ENTRIES) {
            throw new UnusableArchiveException("the archive holds more than %d entries".formatted(MAX_ENTRIES));
        }
    }

    private static void requireSafe(String path) {
        if (!PATH.matcher(path).matches()) {
            throw new UnusableArchiveException("the archive names a path that isn't allowed");
        }
    }

    /** Writes one entry, but only one buffer beyond what is left; returns the number of bytes. */
    private static long write(ZipInputStream zip, ZipEntry entry, Path target, long left) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return 0;
        }
        Files.createDirectories(target.getParent());
        try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
            byte[] buffer = new byte[1 << 16];
            long written = 0;
            int read = zip.read(buffer);
            while (read >= 0 && written <= left) {
                out.write(buffer, 0, read);
                written += read;
                read = zip.read(buffer);
            }
            return written;
        }
    }
}
