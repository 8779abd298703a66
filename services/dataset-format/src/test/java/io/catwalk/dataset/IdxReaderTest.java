package io.catwalk.dataset;

import static io.catwalk.dataset.IdxBytes.counting;
import static io.catwalk.dataset.IdxBytes.header;
import static io.catwalk.dataset.IdxBytes.images;
import static io.catwalk.dataset.IdxBytes.join;
import static io.catwalk.dataset.IdxBytes.labels;
import static io.catwalk.dataset.IdxBytes.stream;
import static io.catwalk.dataset.IdxBytes.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxReaderTest {
    private static final IdxLimits LIMITS = new IdxLimits(10_000, 1000, 64);

    @Test
    void readsGreyImages() throws IOException {
        try (IdxReader reader = IdxReader.open(IdxKind.IMAGES, "train", stream(images(3, 4, 5)), LIMITS)) {
            assertThat(reader.header().dimensions()).containsExactly(3, 4, 5);
            assertThat(reader.header().imageShape()).isEqualTo(new ImageDimensions(4, 5, 1));
            assertThat(IdxBytes.body(reader)).isEqualTo(counting(60));
            assertThat(reader.read(new byte[1], 0, 1)).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void readsImagesWithChannels(int channels) throws IOException {
        byte[] body = counting(2 * 3 * 4 * channels);
        byte[] file = join(header(0x0804, 2, 3, 4, channels), body);

        try (IdxReader reader = IdxReader.open(IdxKind.IMAGES, "train", stream(file), LIMITS)) {
            assertThat(reader.header().imageShape()).isEqualTo(new ImageDimensions(3, 4, channels));
            assertThat(reader.header().encoded()).isEqualTo(header(0x0804, 2, 3, 4, channels));
            assertThat(IdxBytes.body(reader)).isEqualTo(body);
        }
    }

    @Test
    void readsLabelsAsUnsigned() throws IOException {
        assertThat(read(IdxKind.LABELS, labels(0, 9, 255))).containsExactly(0, 9, -1);
    }

    @Test
    void readsPlainContentUnderAnyName() throws IOException {
        try (IdxReader reader = IdxReader.open(IdxKind.LABELS, "labels.gz", stream(labels(7)), LIMITS)) {
            assertThat(IdxBytes.body(reader)).containsExactly(7);
        }
    }

    @Test
    void refusesAnEmptyFile() {
        refused(IdxKind.IMAGES, new byte[0], "train, byte 0 (magic): the file ends within the header: it is empty");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 8, 15})
    void refusesAFileThatEndsWithinItsHeader(int length) {
        byte[] start = Arrays.copyOf(images(3, 4, 5), length);
        refused(IdxKind.IMAGES, start, "train, byte " + length + " (", "the file ends within the header");
    }

    @Test
    void refusesAnotherMagic() {
        refused(IdxKind.IMAGES, header(0x504b0304, 1, 1, 1), "byte 0 (magic): 504b, must be 0000: not an IDX file");
    }

    @Test
    void refusesOtherTypes() {
        refused(IdxKind.IMAGES, header(0x0d03, 1, 1, 1), "byte 2 (type): 0d (float), must be 08 (unsigned byte)");
        refused(IdxKind.IMAGES, header(0x7703, 1, 1, 1), "byte 2 (type): 77 (unknown), must be 08 (unsigned byte)");
    }

    @Test
    void refusesOtherRanks() {
        refused(IdxKind.IMAGES, header(0x0802, 1, 1), "byte 3 (rank): 2, must be 3 (grey images) or 4");
        refused(IdxKind.IMAGES, header(0x08ff), "byte 3 (rank): 255, must be 3 (grey images) or 4");
        refused(IdxKind.LABELS, header(0x0800), "byte 3 (rank): 0, must be 1 (labels)");
    }

    @Test
    void refusesLabelsGivenAsImagesAndImagesAsLabels() {
        refused(IdxKind.IMAGES, labels(1, 2), "byte 3 (rank): 1 (labels), must be 3 (grey images) or 4");
        refused(IdxKind.LABELS, images(1, 2, 2), "byte 3 (rank): 3 (images), must be 1 (labels)");
    }

    @Test
    void refusesDimensionsOutsideTheLimits() {
        refused(IdxKind.IMAGES, header(0x0803, 0, 4, 4), "byte 4 (count): 0, must be 1 to 1000");
        refused(IdxKind.IMAGES, header(0x0803, 1001, 4, 4), "byte 4 (count): 1001, must be 1 to 1000");
        refused(IdxKind.IMAGES, header(0x0803, 1, 0, 4), "byte 8 (height): 0, must be 1 to 64");
        refused(IdxKind.IMAGES, header(0x0803, 1, 4, 0x80000000), "byte 12 (width): 2147483648, must be 1 to 64");
        refused(
                IdxKind.IMAGES,
                header(0x0804, 1, 4, 4, 2),
                "byte 16 (channels): 2, must be 1 (grey) or 3 (red, green, blue)");
        refused(
                IdxKind.IMAGES,
                header(0x0804, 1, 4, 4, 4),
                "byte 16 (channels): 4, must be 1 (grey) or 3 (red, green, blue)");
        refused(IdxKind.LABELS, header(0x0801, 0xffffffff), "byte 4 (count): 4294967295, must be 1 to 1000");
    }

    @Test
    void refusesProductsThatOverflowAnIntOrALong() {
        IdxLimits wide = new IdxLimits(1_000_000, Integer.MAX_VALUE, ImageDimensions.MAX_SIDE);
        int side = ImageDimensions.MAX_SIDE;

        assertThatThrownBy(() -> read(IdxKind.IMAGES, header(0x0803, 65_536, 256, 256), wide))
                .isInstanceOf(BadIdxException.class)
                .hasMessageContaining("byte 4 (dimensions): [65536, 256, 256] make 4294967312 bytes")
                .hasMessageContaining("must be at most 1000000");
        assertThatThrownBy(() -> read(IdxKind.IMAGES, header(0x0804, 0x7effffff, side, side, 3), wide))
                .isInstanceOf(BadIdxException.class)
                .hasMessageContaining("make 1715871457222852628 bytes");
        assertThatThrownBy(() -> read(IdxKind.IMAGES, header(0x0803, 0x7effffff, 0x7fffffff, 0x7fffffff), wide))
                .isInstanceOf(BadIdxException.class)
                .hasMessageContaining("byte 8 (height): 2147483647, must be 1 to 16384");
        assertThatThrownBy(() -> read(IdxKind.LABELS, header(0x0801, 0x7f000000), wide))
                .as("an array's most")
                .isInstanceOf(BadIdxException.class)
                .hasMessageContaining("byte 4 (count): 2130706432, must be 1 to 2130706431");
    }

    @Test
    void refusesALittleEndianHeader() {
        byte[] all = header(0x03080000, 0x02000000, 0x1c000000, 0x1c000000);
        byte[] dimensionsOnly = header(0x0803, 0x02000000, 0x1c000000, 0x1c000000);

        refused(IdxKind.IMAGES, all, "byte 0 (magic): the header is little-endian, must be big-endian");
        refused(IdxKind.IMAGES, dimensionsOnly, "byte 4 (count): 33554432", "as little-endian it would be 2");
    }

    @Test
    void refusesATruncatedBody() {
        refused(
                IdxKind.IMAGES,
                without(images(3, 4, 5), 30),
                "train, byte 46: the file ends after 1 whole items, the header promises 3 of 20 bytes");
        refused(IdxKind.IMAGES, header(0x0803, 3, 4, 5), "byte 16: the file ends after 0 whole items");
        refused(IdxKind.LABELS, without(labels(1, 2), 1), "byte 9: the file ends after 1 whole items");
    }

    @Test
    void refusesTrailingBytes() {
        refused(IdxKind.IMAGES, join(images(3, 4, 5), new byte[1]), "byte 76: trailing bytes follow");
        refused(IdxKind.LABELS, join(labels(1, 2), labels(3)), "byte 10: trailing bytes follow");
    }

    @Test
    void readsAFileOfExactlyTheLargestSize() throws IOException {
        byte[] file = images(3, 4, 5);

        assertThat(read(IdxKind.IMAGES, file, new IdxLimits(file.length, 3, 5))).hasSize(60);
        assertThatThrownBy(() -> read(IdxKind.IMAGES, file, new IdxLimits(file.length - 1, 3, 5)))
                .isInstanceOf(BadIdxException.class)
                .hasMessageContaining("[3, 4, 5] make 76 bytes, must be at most 75");
    }

    @Test
    void propagatesTheSourcesFailures() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };

        assertThatThrownBy(() -> IdxReader.open(IdxKind.IMAGES, "train", broken, LIMITS))
                .isInstanceOf(IOException.class)
                .hasMessage("connection reset");
    }

    @Test
    void closesTheSourceWhetherTheHeaderIsRightOrNot() throws IOException {
        AtomicBoolean closed = new AtomicBoolean();

        assertThatThrownBy(() -> IdxReader.open(IdxKind.IMAGES, "train", watched(labels(1), closed), LIMITS))
                .isInstanceOf(BadIdxException.class);
        assertThat(closed).isTrue();

        closed.set(false);
        IdxReader reader = IdxReader.open(IdxKind.LABELS, "labels", watched(labels(1), closed), LIMITS);
        assertThat(closed).isFalse();
        reader.close();
        assertThat(closed).isTrue();
    }

    private static InputStream watched(byte[] bytes, AtomicBoolean closed) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
    }

    private static void refused(IdxKind kind, byte[] file, String... messageParts) {
        assertThatThrownBy(() -> read(kind, file))
                .isInstanceOf(BadIdxException.class)
                .hasMessageContainingAll(messageParts);
    }

    private static byte[] read(IdxKind kind, byte[] file) throws IOException {
        return read(kind, file, LIMITS);
    }

    private static byte[] read(IdxKind kind, byte[] file, IdxLimits limits) throws IOException {
        return IdxBytes.idx(kind, "train", stream(file), limits).body();
    }
}
