package io.catwalk.pictureset;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Made archives, and what is read of them. */
final class Archives {
    static final ArchiveLimits LIMITS = new ArchiveLimits(1000, 8 << 20, 2 << 20, 100);

    private Archives() {}

    /** The formats, each of files in their order. */
    enum Format {
        ZIP {
            @Override
            byte[] of(Map<String, byte[]> files) {
                return zip(files);
            }
        },
        TAR {
            @Override
            byte[] of(Map<String, byte[]> files) {
                return tar(files);
            }
        },
        TAR_GZ {
            @Override
            byte[] of(Map<String, byte[]> files) {
                return gzip(tar(files));
            }
        };

        abstract byte[] of(Map<String, byte[]> files);
    }

    /** Written to a stream: lengths and checksums follow the data. A name that ends with a slash is a folder. */
    static byte[] zip(Map<String, byte[]> files) {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                out.putArchiveEntry(new ZipArchiveEntry(file.getKey()));
                out.write(file.getValue());
                out.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zip.toByteArray();
    }

    static byte[] tar(Map<String, byte[]> files) {
        List<TarArchiveEntry> entries = new ArrayList<>();
        files.forEach((name, content) -> {
            TarArchiveEntry entry = new TarArchiveEntry(name, true);
            entry.setSize(content.length);
            entries.add(entry);
        });
        return tar(entries, List.copyOf(files.values()));
    }

    static byte[] tar(List<TarArchiveEntry> entries, List<byte[]> contents) {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(tar, StandardCharsets.UTF_8.name())) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            for (int index = 0; index < entries.size(); index++) {
                out.putArchiveEntry(entries.get(index));
                out.write(contents.get(index));
                out.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tar.toByteArray();
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return gzip.toByteArray();
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static List<ArchiveEntry> read(byte[] archive, ArchiveLimits limits) throws IOException {
        List<ArchiveEntry> entries = new ArrayList<>();
        try (PictureArchive opened = PictureArchive.open(new ByteArrayInputStream(archive), limits)) {
            for (Optional<ArchiveEntry> entry = opened.next(); entry.isPresent(); entry = opened.next()) {
                entries.add(entry.get());
            }
        }
        return entries;
    }
}
