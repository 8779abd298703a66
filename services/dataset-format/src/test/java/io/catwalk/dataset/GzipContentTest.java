package io.catwalk.dataset;

import static io.catwalk.dataset.IdxBytes.counting;
import static io.catwalk.dataset.IdxBytes.flipped;
import static io.catwalk.dataset.IdxBytes.gzip;
import static io.catwalk.dataset.IdxBytes.header;
import static io.catwalk.dataset.IdxBytes.images;
import static io.catwalk.dataset.IdxBytes.join;
import static io.catwalk.dataset.IdxBytes.stream;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;

import org.junit.jupiter.api.Test;

class GzipContentTest {
    private static final IdxLimits LIMITS = new IdxLimits(1 << 20, 1000, 64);
    private static final byte[] FILE = images(3, 4, 5);
    private static final byte[] ZIPPED = gzip(FILE);
    private static final int HEADER_BYTES = 10;

    @Test
    void readsOneMember() throws IOException {
        assertThat(read(ZIPPED)).isEqualTo(counting(60));
    }

    @Test
    void readsAMemberLargerThanAnyBuffer() throws IOException {
        assertThat(read(gzip(images(400, 40, 60)))).isEqualTo(counting(400 * 40 * 60));
    }

    @Test
    void readsEveryOptionalFieldOfTheHeader() throws IOException {
        byte[] fields = join(
                new byte[] {0x1f, (byte) 0x8b, 8, 0x1f, 1, 2, 3, 4, 0, 3},
                new byte[] {3, 0, 'a', 'b', 'c'},
                "train-images\0".getBytes(ISO_8859_1),
                "a comment\0".getBytes(ISO_8859_1));
        CRC32 crc = new CRC32();
        crc.update(fields);
        byte[] checksum = {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)};
        byte[] deflated = Arrays.copyOfRange(ZIPPED, HEADER_BYTES, ZIPPED.length);

        assertThat(read(join(fields, checksum, deflated))).isEqualTo(counting(60));
        refused(join(fields, flipped(checksum, 0, 1), deflated), "(gzip header CRC): ", ", but the header's is ");
    }

    @Test
    void refusesInvalidHeaderFields() {
        refused(flipped(ZIPPED, 2, 1), "byte 2 (gzip compression method): 9, must be 8 (deflate)");
        refused(flipped(ZIPPED, 3, 0x80), "byte 3 (gzip flags): 128, the three highest bits must be 0");
    }

    @Test
    void refusesAnEndlessName() {
        byte[] start = {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 3};
        InputStream endless = new SequenceInputStream(stream(start), repeated('x'));

        refused(endless, "(gzip name): longer than 65536 bytes");
    }

    @Test
    void refusesEachTruncation() {
        for (int length = 2; length < ZIPPED.length; length++) {
            refused(Arrays.copyOf(ZIPPED, length), "byte " + length + ": the file ends within the ");
        }
    }

    @Test
    void refusesAWrongChecksumOrLength() {
        int end = ZIPPED.length;
        refused(flipped(ZIPPED, end - 8, 1), "byte " + (end - 8) + " (gzip checksum): ", ", but the content's is ");
        refused(
                flipped(ZIPPED, end - 4, 1),
                "byte " + (end - 4) + " (gzip length): 0000004d, but the content's is 0000004c");
    }

    @Test
    void refusesDamagedData() {
        refused(flipped(ZIPPED, HEADER_BYTES, 0x06), "byte ", "the compressed data is damaged: ");
    }

    @Test
    void readsSeveralMembersAsOneContent() throws IOException {
        for (int cut = 0; cut <= FILE.length; cut++) {
            byte[] first = gzip(Arrays.copyOf(FILE, cut));
            byte[] second = gzip(Arrays.copyOfRange(FILE, cut, FILE.length));
            assertThat(read(join(first, second))).as("cut at " + cut).isEqualTo(counting(60));
        }
        byte[][] each = new byte[FILE.length][];
        for (int i = 0; i < each.length; i++) {
            each[i] = gzip(new byte[] {FILE[i]});
        }
        assertThat(read(join(each))).isEqualTo(counting(60));
    }

    /** The second member's magic bytes lie at each place around the end of the reader's buffer of 64 KiB. */
    @Test
    void readsAMemberThatBeginsAtTheEndOfABuffer() throws IOException {
        byte[] end = gzip(new byte[0]);
        for (int start = (1 << 16) - 3; start <= (1 << 16) + 1; start++) {
            byte[] name = new byte[start - ZIPPED.length - 1];
            Arrays.fill(name, (byte) 'n');
            byte[] header = {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 3};
            byte[] first = join(header, name, new byte[1], Arrays.copyOfRange(ZIPPED, HEADER_BYTES, ZIPPED.length));
            assertThat(first).hasSize(start);
            assertThat(read(join(first, end))).isEqualTo(counting(60));
            refused(join(first, new byte[] {0x1f}), "byte " + start + ": trailing bytes other than zeros");
        }
    }

    @Test
    void ignoresZeroPaddingAfterTheLastMember() throws IOException {
        assertThat(read(join(ZIPPED, new byte[1]))).isEqualTo(counting(60));
        assertThat(read(join(ZIPPED, new byte[200_000]))).isEqualTo(counting(60));
    }

    @Test
    void refusesMoreContentInAFurtherMember() {
        refused(join(ZIPPED, ZIPPED), "byte 76: trailing bytes follow, the file must end here");
    }

    @Test
    void refusesADamagedFurtherMember() {
        byte[] half = gzip(Arrays.copyOf(FILE, 40));
        byte[] rest = gzip(Arrays.copyOfRange(FILE, 40, FILE.length));
        refused(join(half, flipped(rest, rest.length - 8, 1)), "(gzip checksum): ", ", but the content's is ");
        refused(join(half, Arrays.copyOf(rest, rest.length - 3)), "the file ends within the gzip length");
        refused(join(half, flipped(rest, 2, 1)), "byte " + (half.length + 2) + " (gzip compression method): 9");
    }

    @Test
    void refusesOtherBytesAfterTheMember() {
        refused(
                join(ZIPPED, new byte[5], new byte[] {7}),
                "byte " + (ZIPPED.length + 5) + ": trailing bytes other than zeros follow the gzip member");
    }

    @Test
    void refusesEndlessMembersWithoutContent() {
        InputStream endless = new SequenceInputStream(stream(ZIPPED), repeated(gzip(new byte[0])));

        refused(endless, "byte " + LIMITS.maxRawBytes() + ": the file goes on, but may have");
    }

    @Test
    void refusesBytesAfterTheImagesWithinTheMember() {
        refused(gzip(join(FILE, new byte[1])), "byte 76: trailing bytes follow, the file must end here");
    }

    @Test
    void refusesGzipWithinGzip() {
        refused(gzip(ZIPPED), "byte 0 (magic): 1f8b, a gzip file inside the gzip file");
    }

    @Test
    void refusesAMemberWithoutContent() {
        refused(gzip(new byte[0]), "byte 0 (magic): the file ends within the header: it is empty");
    }

    @Test
    void stopsADecompressionBombAtTheFirstUnexpectedByte() {
        byte[] filler = new byte[1 << 20];
        new Random(1).nextBytes(filler);
        byte[] bomb = gzip(join(FILE, filler));
        CountingStream source = new CountingStream(stream(bomb));

        refused(source, "byte 76: trailing bytes follow");
        assertThat(source.bytes()).isLessThanOrEqualTo(1 << 16).isLessThan(bomb.length);
    }

    @Test
    void refusesADecompressionBombWithAMatchingHeader() {
        byte[] bomb = gzip(join(header(0x0803, 1000, 64, 64), new byte[1000 * 64 * 64]));
        CountingStream source = new CountingStream(stream(bomb));

        refused(source, "[1000, 64, 64] make 4096016 bytes, must be at most 1048576");
        assertThat(source.bytes()).isLessThanOrEqualTo(1 << 16);
    }

    @Test
    void refusesEndlessDataWithoutContent() {
        byte[] emptyStoredBlock = {0, 0, 0, (byte) 0xff, (byte) 0xff};
        byte[] start = Arrays.copyOf(ZIPPED, HEADER_BYTES);
        InputStream endless = new SequenceInputStream(stream(start), repeated(emptyStoredBlock));

        refused(endless, "byte " + LIMITS.maxRawBytes() + ": the file goes on, but may have");
    }

    private static InputStream repeated(int... unit) {
        return new InputStream() {
            private int next;

            @Override
            public int read() {
                return unit[next++ % unit.length] & 0xff;
            }
        };
    }

    private static InputStream repeated(byte[] unit) {
        int[] values = new int[unit.length];
        for (int i = 0; i < unit.length; i++) {
            values[i] = unit[i];
        }
        return repeated(values);
    }

    private static void refused(byte[] file, String... messageParts) {
        refused(stream(file), messageParts);
    }

    private static void refused(InputStream file, String... messageParts) {
        assertThatThrownBy(() -> IdxBytes.idx(IdxKind.IMAGES, "train.gz", file, LIMITS))
                .isInstanceOf(BadIdxException.class)
                .hasMessageStartingWith("train.gz, byte ")
                .hasMessageContainingAll(messageParts);
    }

    private static byte[] read(byte[] file) throws IOException {
        return IdxBytes.idx(IdxKind.IMAGES, "train.gz", stream(file), LIMITS).body();
    }

    /** Knows how much was taken from it. */
    private static final class CountingStream extends FilterInputStream {
        private long bytes;

        CountingStream(InputStream in) {
            super(in);
        }

        long bytes() {
            return bytes;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            bytes += Math.max(0, read);
            return read;
        }
    }
}
