package io.catwalk.pictureset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import io.catwalk.dataset.BadDatasetException;
import io.catwalk.pictureset.Archives.Format;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PictureArchiveTest {
    @ParameterizedTest
    @EnumSource
    void readsTheFilesInTheirOrder(Format format) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("daisy/", new byte[0]);
        files.put("./daisy/2.png", Archives.text("two"));
        files.put("daisy/1.png", noise(100_000));
        files.put("übung/cafe\u0301.png", Archives.text("é"));
        files.put("long/" + "x".repeat(150) + ".png", new byte[0]);

        List<ArchiveEntry> entries = Archives.read(format.of(files), Archives.LIMITS);

        assertThat(entries)
                .extracting(ArchiveEntry::name)
                .containsExactly("daisy/2.png", "daisy/1.png", "übung/café.png", "long/" + "x".repeat(150) + ".png");
        assertThat(entries)
                .extracting(entry -> ((ArchiveEntry.Read) entry).content())
                .containsExactly(Archives.text("two"), noise(100_000), Archives.text("é"), new byte[0]);
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/passwd, its path is absolute",
        "C:/x.png, its path is absolute",
        "a/../../x.png, its path has . or ..",
        "a//x.png, its path has an empty name or one with spaces at its ends",
        "'a /x.png', its path has an empty name or one with spaces at its ends",
    })
    void aPathThatIsntPlainIsUnreadable(String path, String reason) throws IOException {
        Map<String, byte[]> files = Map.of(path, Archives.text("x"));
        for (Format format : Format.values()) {
            ArchiveEntry entry =
                    Archives.read(format.of(files), Archives.LIMITS).getFirst();
            // Tar's writer leaves out the slash and the drive.
            if (!(entry instanceof ArchiveEntry.Read) || format == Format.ZIP) {
                assertThat(entry).isEqualTo(new ArchiveEntry.Unreadable(path, reason));
            }
        }
    }

    @Test
    void invisibleCharactersInPathsAreNotShown() throws IOException {
        assertThat(Archives.read(Archives.zip(Map.of("a/\u202Egnp.x\n", new byte[1])), Archives.LIMITS))
                .containsExactly(
                        new ArchiveEntry.Unreadable("a/?gnp.x?", "its path has control characters or invisible ones"));
    }

    @Test
    void aPathThatIsntUtf8IsUnreadable() throws IOException {
        byte[] zip = Archives.zip(Map.of("a/xx.png", new byte[1]));
        for (int at : positions(zip, Archives.text("a/xx.png"))) {
            zip[at + 2] = (byte) 0xe9;
        }
        clearUtf8Flags(zip);

        assertThat(Archives.read(zip, Archives.LIMITS))
                .singleElement()
                .isInstanceOfSatisfying(
                        ArchiveEntry.Unreadable.class,
                        entry -> assertThat(entry.reason()).isEqualTo("its path isn't UTF-8"));
    }

    @Test
    void linksAndDevicesAreUnreadable() throws IOException {
        TarArchiveEntry link = new TarArchiveEntry("a/1.png", TarConstants.LF_SYMLINK);
        link.setLinkName("/etc/passwd");
        TarArchiveEntry hard = new TarArchiveEntry("a/2.png", TarConstants.LF_LINK);
        hard.setLinkName("a/3.png");
        TarArchiveEntry device = new TarArchiveEntry("a/4.png", TarConstants.LF_CHR);

        assertThat(Archives.read(
                        Archives.tar(List.of(link, hard, device), List.of(new byte[0], new byte[0], new byte[0])),
                        Archives.LIMITS))
                .hasSize(3)
                .allSatisfy(entry -> assertThat(entry)
                        .isEqualTo(new ArchiveEntry.Unreadable(entry.name(), "it is a link or a device, not a file")));
    }

    @ParameterizedTest
    @EnumSource
    void eachLimitRefusesTheArchive(Format format) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        IntStream.range(0, 3).forEach(index -> files.put("a/" + index, noise(1000)));
        byte[] archive = format.of(files);

        assertThatThrownBy(() -> Archives.read(archive, new ArchiveLimits(2, 1 << 20, 1 << 20, 100)))
                .isInstanceOf(BadDatasetException.class)
                .hasMessage("the archive has more than 2 entries");
        assertThatThrownBy(() -> Archives.read(archive, new ArchiveLimits(3, 1 << 20, 999, 100)))
                .isInstanceOf(BadDatasetException.class)
                .hasMessage("a/0: it has more than 999 bytes unpacked");
        assertThatThrownBy(() -> Archives.read(archive, new ArchiveLimits(3, 2500, 1000, 100)))
                .isInstanceOf(BadDatasetException.class)
                .hasMessage("the archive has more than 2500 bytes unpacked");
    }

    @ParameterizedTest
    @EnumSource(names = {"ZIP", "TAR_GZ"})
    void aBombIsRefusedByItsRatio(Format format) {
        byte[] zeros = new byte[1 << 20];
        Map<String, byte[]> files = new LinkedHashMap<>();
        IntStream.range(0, 100).forEach(index -> files.put("a/" + index, zeros));

        assertThatThrownBy(() -> Archives.read(format.of(files), new ArchiveLimits(1000, 1L << 40, 2 << 20, 100)))
                .isInstanceOf(BadDatasetException.class)
                .hasMessageContaining("the archive unpacks to more than 100 times its bytes");
    }

    /** What follows the last file counts too. */
    @Test
    void aBombBehindTheEndIsRefused() {
        byte[] tar = Archives.tar(Map.of("a/1", noise(10)));

        assertThatThrownBy(() -> Archives.read(Archives.gzip(Arrays.copyOf(tar, 16 << 20)), Archives.LIMITS))
                .hasMessageContaining("the archive unpacks to more than 100 times its bytes");
    }

    /** The library holds it in memory. */
    @Test
    void aHeaderWithoutEndIsRefused() {
        TarArchiveEntry longName = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
        longName.setSize(4 << 20);

        assertThatThrownBy(() ->
                        Archives.read(Archives.tar(List.of(longName), List.of(new byte[4 << 20])), Archives.LIMITS))
                .isInstanceOf(BadDatasetException.class)
                .hasMessage("entry 1 of the tar has a header of more than 1048576 bytes");
    }

    @ParameterizedTest
    @EnumSource
    void aCutArchiveIsRefusedWhereverItEnds(Format format) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        IntStream.range(0, 3).forEach(index -> files.put("a/" + index, noise(1024)));
        byte[] whole = format.of(files);
        int end = format == Format.TAR ? 3 * (512 + 1024) + TarEntries.TAIL : whole.length;

        for (int length = 0; length < end; length += 7) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Archives.read(cut, Archives.LIMITS))
                    .as("the first %d bytes", length)
                    .isInstanceOf(BadDatasetException.class);
        }
        assertThat(Archives.read(whole, Archives.LIMITS)).hasSize(3);
    }

    @Test
    void aDamagedFileOfAZipIsRefusedByItsChecksum() {
        byte[] content = noise(1000);
        byte[] zip = Archives.zip(Map.of("a/1", content));
        int stored = positions(zip, Arrays.copyOfRange(content, 500, 600)).getFirst();
        zip[stored] ^= 1;

        assertThatThrownBy(() -> Archives.read(zip, Archives.LIMITS))
                .isInstanceOf(BadDatasetException.class)
                .hasMessageContaining("a/1: it is damaged: its checksum is");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 8, it is encrypted",
        "0, 93, 'it is compressed by method 93, must be stored (0) or deflated (8)'",
        "0, 14, 'it is compressed by method 14, must be stored (0) or deflated (8)'",
    })
    void whatCantBeUnpackedIsUnreadableAndTheRestIsRead(int flag, int method, String reason) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("a/1", noise(100));
        files.put("a/2", noise(200));
        byte[] zip = plainZip(files);
        ByteBuffer.wrap(zip)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(6, (short) flag)
                .putShort(8, (short) method);

        assertThat(Archives.read(zip, Archives.LIMITS))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(new ArchiveEntry.Unreadable("a/1", reason)),
                        second -> assertThat(second.name()).isEqualTo("a/2"));
    }

    @Test
    void anotherFormatIsRefused() {
        for (String content : List.of("", "x", "Rar!\u001a\u0007", "%PDF-1.7")) {
            assertThatThrownBy(() -> Archives.read(Archives.text(content), Archives.LIMITS))
                    .isInstanceOf(BadDatasetException.class)
                    .hasMessage("the archive must be a zip, tar or tar.gz");
        }
    }

    /** A source that fails is tried again; an archive that is damaged isn't. */
    @ParameterizedTest
    @EnumSource
    void aFailingSourceIsNoDamage(Format format) {
        byte[] archive = format.of(Map.of("a/1", noise(100_000)));
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(archive, 0, 50_000), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        });

        assertThatThrownBy(() -> {
                    try (PictureArchive opened = PictureArchive.open(broken, Archives.LIMITS)) {
                        opened.next();
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessage("connection reset");
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        return noise;
    }

    /** With lengths in the headers, as a writer knows them that writes to a file. */
    private static byte[] plainZip(Map<String, byte[]> files) throws IOException {
        Path file = Files.createTempFile("plain", ".zip");
        try {
            try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(file)) {
                for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                    out.putArchiveEntry(new ZipArchiveEntry(entry.getKey()));
                    out.write(entry.getValue());
                    out.closeArchiveEntry();
                }
            }
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }

    private static List<Integer> positions(byte[] content, byte[] part) {
        return IntStream.rangeClosed(0, content.length - part.length)
                .filter(at -> Arrays.equals(Arrays.copyOfRange(content, at, at + part.length), part))
                .boxed()
                .toList();
    }

    /** In the local header and the central one. */
    private static void clearUtf8Flags(byte[] zip) {
        for (int at : positions(zip, new byte[] {'P', 'K', 3, 4})) {
            zip[at + 7] &= ~8;
        }
        for (int at : positions(zip, "PK\u0001\u0002".getBytes(StandardCharsets.US_ASCII))) {
            zip[at + 9] &= ~8;
        }
    }
}
