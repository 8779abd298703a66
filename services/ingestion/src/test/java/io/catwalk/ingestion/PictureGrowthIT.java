package io.catwalk.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.BiFunction;

import io.catwalk.dataset.ImageDimensions;
import io.catwalk.dataset.PictureOrigin;
import io.catwalk.dataset.StagedDataset;
import io.catwalk.local.process.ProcessMemory;
import io.catwalk.picture.PictureLimits;
import io.catwalk.pictureset.ArchiveLimits;
import io.catwalk.pictureset.FolderLabels;
import io.catwalk.pictureset.PictureArchive;
import io.catwalk.pictureset.PictureSet;
import io.catwalk.pictureset.PictureSetOptions;
import io.catwalk.pictureset.PictureSetReader;
import io.catwalk.pictureset.SplitShares;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However many pictures there are, they are ingested within one small heap. */
@Tag("soak")
class PictureGrowthIT {
    @TempDir
    Path work;

    @ParameterizedTest
    @CsvSource({
        "TAR, 10000, 28, 1",
        "TAR, 100000, 28, 1",
        "ZIP, 100000, 28, 1",
        "TAR, 100000, 64, 3",
        "TAR, 1000000, 28, 1"
    })
    void picturesTakeTheDiskAndNotTheHeap(Format format, int pictures, int side, int channels) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Ingestion.class.getName(),
                        format.name(),
                        Integer.toString(pictures),
                        Integer.toString(side),
                        Integer.toString(channels),
                        work.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        System.out.printf(
                "%,d pictures of %dx%dx%d in a %s: %s%n", pictures, side, side, channels, format, output.strip());
    }

    /** Of the archive. */
    enum Format {
        /** Written in constant memory. */
        TAR,
        /** Its writer keeps the list of all entries in the same heap. */
        ZIP
    }

    /** In a process of its own: makes an archive of pictures, which is nowhere as a whole, and a dataset of it. */
    static final class Ingestion {
        private static final int CLASSES = 10;

        private Ingestion() {}

        public static void main(String[] arguments) throws IOException {
            Format format = Format.valueOf(arguments[0]);
            int pictures = Integer.parseInt(arguments[1]);
            int side = Integer.parseInt(arguments[2]);
            ImageDimensions image = new ImageDimensions(side, side, Integer.parseInt(arguments[3]));
            Path folder = Path.of(arguments[4]);
            long start = System.nanoTime();
            PictureSetOptions options = new PictureSetOptions(image, new SplitShares(0.1, 0.1), 42, 0);
            PictureSetReader reader = new PictureSetReader(new PictureLimits(1024, 32 << 20), Long.MAX_VALUE);
            PictureSet set;
            try (PictureArchive archive = PictureArchive.open(
                    archive(format, pictures, side), new ArchiveLimits(pictures, Long.MAX_VALUE, 1 << 20, 200))) {
                set = reader.read(archive, new FolderLabels(), options, folder);
            }
            StagedDataset dataset = set.stage(folder, new PictureOrigin("sha256:" + "0".repeat(64), 1, 42, 0.1, 0.1));
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "%,d trained on, %.0f pictures/s, %.0f MiB%n",
                    dataset.manifest().counts().train().images(),
                    pictures / seconds,
                    ProcessMemory.peakMebibytes(ProcessHandle.current().pid()));
        }

        private static InputStream archive(Format format, int pictures, int side) throws IOException {
            PipedInputStream in = new PipedInputStream(1 << 20);
            PipedOutputStream out = new PipedOutputStream(in);
            Thread.ofPlatform().daemon().start(() -> write(format, pictures, side, out));
            return in;
        }

        private static void write(Format format, int pictures, int side, PipedOutputStream out) {
            try {
                switch (format) {
                    case TAR -> write(new TarArchiveOutputStream(out), Ingestion::tarEntry, pictures, side);
                    case ZIP -> {
                        ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out);
                        zip.setLevel(0);
                        write(zip, (name, content) -> new ZipArchiveEntry(name), pictures, side);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static TarArchiveEntry tarEntry(String name, byte[] content) {
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(content.length);
            return entry;
        }

        private static <E extends ArchiveEntry> void write(
                ArchiveOutputStream<E> archive, BiFunction<String, byte[], E> entry, int pictures, int side)
                throws IOException {
            Random random = new Random(1);
            try (archive) {
                for (int number = 0; number < pictures; number++) {
                    byte[] picture = MadePictures.png(side, 0, random);
                    archive.putArchiveEntry(entry.apply("class-" + number % CLASSES + "/" + number + ".png", picture));
                    archive.write(picture);
                    archive.closeArchiveEntry();
                }
            }
        }
    }
}
