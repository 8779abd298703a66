package io.catwalk.pictureset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

import io.catwalk.dataset.BadDatasetException;
import io.catwalk.dataset.ImageDimensions;
import io.catwalk.dataset.PictureOrigin;
import io.catwalk.dataset.StagedImages;
import io.catwalk.picture.PictureLimits;
import io.catwalk.pictureset.Archives.Format;
import io.catwalk.pictureset.SetReport.ClassCount;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PictureSetReaderTest {
    private static final int SIDE = 4;
    private static final ImageDimensions IMAGE = new ImageDimensions(SIDE, SIDE, 1);

    private static final long SEED = 1;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void readsFoldersOfPictures(Format format) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("flowers/.DS_Store", Archives.text("notes"));
        for (int grey = 0; grey < 20; grey++) {
            files.put("flowers/rose/" + grey + ".png", picture("png", grey));
            files.put("flowers/daisy/" + grey + ".bmp", picture("bmp", 100 + grey));
        }

        PictureSet set = read(format.of(files), new FolderLabels(), 0);

        assertThat(set.classNames()).containsExactly("daisy", "rose");
        byte[] pixels = Files.readAllBytes(set.pixels());
        assertThat(pixels).hasSize(40 * IMAGE.bytes());
        for (int picture = 0; picture < 40; picture++) {
            boolean rose = picture % 2 == 0;
            assertThat(set.classNumber(picture)).isEqualTo(rose ? 1 : 0);
            assertThat(pixels[picture * IMAGE.bytes()]).isEqualTo((byte) (picture / 2 + (rose ? 0 : 100)));
        }
        assertThat(set.report())
                .isEqualTo(new SetReport(
                        40,
                        List.of(new ClassCount("daisy", 14, 2, 4), new ClassCount("rose", 14, 2, 4)),
                        1,
                        new Duplicates(0, 0, 0, 0, 0, List.of()),
                        0,
                        List.of()));
    }

    @Test
    void readsAListOfLabelsAndReportsLeaks() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("1.png", picture("png", 1));
        files.put("2.png", picture("png", 2));
        files.put("3.bmp", picture("bmp", 1));
        files.put("4.png", picture("png", 4));
        files.put("readme.txt", Archives.text("not listed"));
        String csv = "path,label,split\n1.png,a,train\n2.png,b,val\n3.bmp,a,test\n4.png,b,train\n";

        PictureSet set =
                read(Archives.zip(files), ListedLabels.read(new ByteArrayInputStream(Archives.text(csv)), 100), 0);

        assertThat(set.report().pictures()).isEqualTo(4);
        assertThat(set.report().duplicates().testInTrain()).isEqualTo(1);
        Duplicates.Pair leak = set.report().duplicates().examples().getFirst();
        assertThat(set.report().duplicates().examples())
                .containsExactly(new Duplicates.Pair(
                        "3.bmp", Split.TEST, 0, 0, "1.png", Split.TRAIN, leak.firstIndex(), 0, true));
        PictureOrigin origin = new PictureOrigin("sha256:" + "0".repeat(64), 1, SEED, 0.1, 0.2);
        Path staged = Files.createDirectory(folder.resolve("staged"));
        try (StagedImages train = set.stage(staged, origin).train()) {
            byte[] pixels = new byte[IMAGE.bytes()];
            train.copyPixels(leak.firstIndex(), pixels, 0);
            assertThat(pixels).containsOnly(1);
        }
    }

    @Test
    void namesEachFileThatCantBeRead() {
        Map<String, byte[]> files = broken();

        assertThatThrownBy(() -> read(Archives.zip(files), new FolderLabels(), 0.05))
                .isInstanceOf(BadDatasetException.class)
                .hasMessage("""
                        4 of 44 files can't be read, at most 0.05 of them may be skipped: \
                        a/../x.png: its path has . or ..; \
                        a/text.png: the picture must be a PNG, JPEG, WebP or BMP; \
                        a/cut.png: the PNG picture is incomplete or damaged: its 40 bytes don't reach its end; \
                        A/0.png: its path is that of an earlier file, or differs from it in upper and lower case alone""");
    }

    @Test
    void skipsTheShareThatIsAllowed() throws IOException {
        PictureSet set = read(Archives.zip(broken()), new FolderLabels(), 0.1);

        assertThat(set.count()).isEqualTo(40);
        assertThat(set.report().unreadable()).isEqualTo(4);
        assertThat(set.report().unreadableFiles()).hasSize(4);
    }

    @Test
    void endsEarlyWhereNothingMayBeSkipped() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int index = 0; index < 100; index++) {
            files.put("a/" + index, Archives.text("no picture"));
        }

        assertThatThrownBy(() -> read(Archives.zip(files), new FolderLabels(), 0))
                .isInstanceOf(BadDatasetException.class)
                .hasMessageStartingWith(
                        "more than 50 files can't be read, and none may be skipped: a/0: the picture must be");
    }

    @Test
    void oneClassIsNone() {
        assertThatThrownBy(() -> read(Archives.zip(Map.of("a/1.png", picture("png", 1))), new FolderLabels(), 0))
                .isInstanceOf(BadDatasetException.class)
                .hasMessage("the set has 1 classes, must have at least 2");
    }

    /** What is held for each picture is the same few bytes, whatever it has of pixels. */
    @Test
    void theHeapDoesntGrowWithThePixels() throws IOException {
        int count = 20_000;
        ArchiveLimits limits = new ArchiveLimits(count, 1L << 32, 1 << 20, 100);
        long before = usedHeap();
        PictureSet set;
        try (PictureArchive archive = PictureArchive.open(new MadeTar(count), limits)) {
            set = reader().read(archive, new FolderLabels(), options(0), folder);
        }

        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(usedHeap() - before).isLessThan(count * 150L + (4 << 20)));
        assertThat(set.count()).isEqualTo(count);
        assertThat(Files.size(set.pixels())).isEqualTo((long) count * IMAGE.bytes());
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static Map<String, byte[]> broken() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int grey = 0; grey < 20; grey++) {
            files.put("a/" + grey + ".png", picture("png", grey));
            files.put("b/" + grey + ".png", picture("png", 100 + grey));
        }
        files.put("a/../x.png", picture("png", 1));
        files.put("a/text.png", Archives.text("this is not a picture"));
        files.put("a/cut.png", Arrays.copyOf(picture("png", 1), 40));
        files.put("A/0.png", picture("png", 2));
        return files;
    }

    private PictureSet read(byte[] archive, Labels labels, double skipUnreadable) throws IOException {
        try (PictureArchive opened = PictureArchive.open(new ByteArrayInputStream(archive), Archives.LIMITS)) {
            return reader().read(opened, labels, options(skipUnreadable), folder);
        }
    }

    private static PictureSetReader reader() {
        return new PictureSetReader(new PictureLimits(64, 1 << 20), 1 << 20);
    }

    private static PictureSetOptions options(double skipUnreadable) {
        return new PictureSetOptions(IMAGE, new SplitShares(0.1, 0.2), SEED, skipUnreadable);
    }

    private static byte[] picture(String format, int grey) {
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        int[] row = {grey, grey, grey, grey};
        for (int y = 0; y < SIDE; y++) {
            picture.getRaster().setPixels(0, y, SIDE, 1, row);
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, format, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content.toByteArray();
    }

    /** A tar of many different pictures that is made as it is read. */
    private static final class MadeTar extends InputStream {
        private final int count;
        private int made;
        private ByteBuffer part = ByteBuffer.allocate(0);

        MadeTar(int count) {
            this.count = count;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (!part.hasRemaining()) {
                if (made > count) {
                    return -1;
                }
                part = ByteBuffer.wrap(made == count ? new byte[1024] : entry(made));
                made++;
            }
            int read = Math.min(length, part.remaining());
            part.get(target, offset, read);
            return read;
        }

        private static byte[] entry(int number) {
            byte[] picture = bmp(number);
            TarArchiveEntry header = new TarArchiveEntry("class-" + number % 3 + "/" + number + ".bmp");
            header.setSize(picture.length);
            byte[] entry = new byte[512 + (picture.length + 511) / 512 * 512];
            byte[] block = new byte[512];
            header.writeEntryHeader(block);
            System.arraycopy(block, 0, entry, 0, 512);
            System.arraycopy(picture, 0, entry, 512, picture.length);
            return entry;
        }

        /** Of 4x4 pixels of 24 bits, which hold its number, and many bytes that are none of its pixels. */
        private static byte[] bmp(int number) {
            ByteBuffer bmp = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
            bmp.put("BM".getBytes(StandardCharsets.US_ASCII))
                    .putInt(4096)
                    .putInt(0)
                    .putInt(54);
            bmp.putInt(40).putInt(SIDE).putInt(SIDE).putShort((short) 1).putShort((short) 24);
            bmp.position(54);
            for (int bit = 0; bit < 16; bit++) {
                byte value = (byte) (number >> bit & 1);
                bmp.put((byte) -value).put((byte) -value).put((byte) -value);
            }
            return bmp.array();
        }
    }
}
