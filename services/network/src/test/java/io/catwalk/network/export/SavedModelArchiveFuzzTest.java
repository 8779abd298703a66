package io.catwalk.network.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.catwalk.fuzzing.ParserProperty;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.params.provider.MethodSource;

class SavedModelArchiveFuzzTest {
    private static final long MAX_BYTES = 1 << 16;
    /** A buffer for each entry, of which there may be many. */
    private static final ParserProperty PROPERTY =
            ParserProperty.refusesWith(UnusableArchiveException.class).allocates(1 << 20, 3_000);

    static Stream<byte[]> seeds() throws IOException {
        byte[] content = "content".getBytes(StandardCharsets.US_ASCII);
        return Stream.of(
                SavedModelArchive.pack(new TreeMap<>(Map.of("saved_model.pb", content, "variables/index", content))),
                zip("a/../../b"),
                zip("a/"),
                zip("/etc/passwd"));
    }

    private static byte[] zip(String path) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(path));
            zip.write(path.endsWith("/") ? new byte[0] : new byte[1000]);
        }
        return bytes.toByteArray();
    }

    @MethodSource("seeds")
    @FuzzTest
    void unpacksWithinTheTargetOrRefuses(byte[] archive) throws IOException {
        Path folder = Files.createTempDirectory("fuzz");
        try {
            PROPERTY.check(archive.length, () -> unpack(archive, Files.createTempDirectory(folder, "try")))
                    .ifPresent(target -> assertThat(bytes(target)).isLessThanOrEqualTo(MAX_BYTES));
        } finally {
            PathUtils.deleteDirectory(folder);
        }
    }

    private static Path unpack(byte[] archive, Path parent) throws IOException {
        Path target = parent.resolve("model");
        try {
            SavedModelArchive.unpack(new ByteArrayInputStream(archive), target, MAX_BYTES);
        } finally {
            try (Stream<Path> entries = Files.list(parent)) {
                assertThat(entries.filter(entry -> !entry.equals(target)))
                        .as("left behind")
                        .isEmpty();
            }
        }
        return target;
    }

    private static long bytes(Path folder) {
        try {
            return PathUtils.sizeOfDirectory(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
