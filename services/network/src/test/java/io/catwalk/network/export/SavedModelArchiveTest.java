package io.catwalk.network.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SavedModelArchiveTest {
    private static final byte[] MODEL = "the model".getBytes(StandardCharsets.UTF_8);
    private static final SortedMap<String, byte[]> FILES =
            new TreeMap<>(Map.of("saved_model.pb", MODEL, "variables/variables.index", new byte[100]));
    private static final byte[] ARCHIVE = SavedModelArchive.pack(FILES);

    @TempDir
    private Path folder;

    @Test
    void unpacksWhatWasPacked() throws IOException {
        SavedModelArchive.unpack(new ByteArrayInputStream(ARCHIVE), target(), 109);

        assertThat(target().resolve("saved_model.pb")).hasBinaryContent(MODEL);
        assertThat(target().resolve("variables/variables.index")).hasBinaryContent(new byte[100]);
        assertThat(folder).isDirectoryNotContaining("glob:**/.unpack*");
    }

    @Test
    void storesEntriesByNameOfTheSameDateAndUncompressed() throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(ARCHIVE))) {
            ZipEntry first = zip.getNextEntry();
            assertThat(first.getName()).isEqualTo("saved_model.pb");
            assertThat(first.getMethod()).isEqualTo(ZipEntry.STORED);
            assertThat(first.getTimeLocal()).isEqualTo("1980-02-01T00:00");
            assertThat(zip.getNextEntry().getName()).isEqualTo("variables/variables.index");
        }
    }

    @Test
    void hasTheSameBytesInAnyTimeZone() {
        TimeZone before = TimeZone.getDefault();
        try {
            for (String zone : List.of("Pacific/Kiritimati", "America/Los_Angeles", "UTC")) {
                TimeZone.setDefault(TimeZone.getTimeZone(zone));
                assertThat(SavedModelArchive.pack(FILES)).isEqualTo(ARCHIVE);
            }
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "a/../../evil",
                "/etc/evil",
                "a\\..\\evil",
                "C:evil",
                "a//b",
                "./a",
                "a/./b",
                "..",
                "a\0b",
                "a\nb",
                "a/b/c/d/e/f/g/h/i"
            })
    void refusesPathsOutsideTheTarget(String path) throws IOException {
        assertRefused(zip(path, MODEL), 1000, "path that isn't allowed");
        assertThatExceptionOfType(UnusableArchiveException.class)
                .isThrownBy(() -> SavedModelArchive.pack(new TreeMap<>(Map.of(path, MODEL))));
    }

    @Test
    void refusesAPathTwice() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(withoutDirectory(zip("a", MODEL)));
        bytes.write(zip("a", MODEL));
        assertRefused(bytes.toByteArray(), 1000, "names a twice");
    }

    @Test
    void refusesMoreBytesThanAllowed() throws IOException {
        assertRefused(ARCHIVE, 108, "more than 108 bytes");
        byte[] bomb = zip("zeros", new byte[10_000_000]);
        assertThat(bomb).hasSizeLessThan(20_000);
        assertRefused(bomb, 1_000_000, "more than 1000000 bytes");
    }

    @Test
    void refusesMoreEntriesThanAllowed() throws IOException {
        TreeMap<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i <= SavedModelArchive.MAX_ENTRIES; i++) {
            files.put("f" + i, new byte[0]);
        }
        assertRefused(SavedModelArchive.pack(files), 1000, "more than 1000 entries");
    }

    @Test
    void refusesBytesThatAreNoArchive() throws IOException {
        assertRefused(new byte[0], 1000, "no archive");
        assertRefused(
                "not a zip file at all, but longer than a header".getBytes(StandardCharsets.UTF_8), 1000, "no archive");
    }

    @Test
    void refusesEachTruncationOfAnEntry() throws IOException {
        byte[] archive = SavedModelArchive.pack(new TreeMap<>(Map.of("saved_model.pb", MODEL)));
        int entries = withoutDirectory(archive).length;
        for (int length = 0; length < entries; length++) {
            byte[] part = Arrays.copyOf(archive, length);
            assertThatExceptionOfType(UnusableArchiveException.class)
                    .as("%d of %d bytes", length, entries)
                    .isThrownBy(() -> SavedModelArchive.unpack(new ByteArrayInputStream(part), target(), 1000));
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void refusesADamagedEntry() throws IOException {
        byte[] damaged = ARCHIVE.clone();
        damaged[30 + "saved_model.pb".length()] ^= 1;
        assertRefused(damaged, 1000, "no archive");
    }

    @Test
    void leavesNoFilesWhenTheSourceFails() throws IOException {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };
        assertThatThrownBy(() -> SavedModelArchive.unpack(broken, target(), 1000))
                .isInstanceOf(IOException.class)
                .hasMessage("connection reset");
        assertThat(folder).isEmptyDirectory();
    }

    private void assertRefused(byte[] archive, long maxBytes, String message) throws IOException {
        assertThatExceptionOfType(UnusableArchiveException.class)
                .isThrownBy(() -> SavedModelArchive.unpack(new ByteArrayInputStream(archive), target(), maxBytes))
                .withMessageContaining(message);
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private Path target() {
        return folder.resolve("model");
    }

    private static byte[] zip(String path, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(path));
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    /** The archive up to its central directory, which begins with {@code PK\1\2}. */
    private static byte[] withoutDirectory(byte[] archive) {
        String text = new String(archive, StandardCharsets.ISO_8859_1);
        return Arrays.copyOf(archive, text.indexOf("PK\1\2"));
    }
}
