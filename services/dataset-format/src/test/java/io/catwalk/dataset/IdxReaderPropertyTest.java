package io.catwalk.dataset;

import static io.catwalk.dataset.IdxBytes.flipped;
import static io.catwalk.dataset.IdxBytes.gzip;
import static io.catwalk.dataset.IdxBytes.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class IdxReaderPropertyTest {
    private static final IdxLimits LIMITS = new IdxLimits(1 << 16, 1000, 64);

    @Property(tries = 300)
    void readsWhatIsWritten(@ForAll("sets") ImageSet set, @ForAll boolean zipped) throws IOException {
        IdxData images = read(IdxKind.IMAGES, packed(imageFile(set), zipped));
        IdxData labels = read(IdxKind.LABELS, packed(labelFile(set), zipped));

        assertThat(images.header().imageShape()).isEqualTo(set.shape());
        assertThat(images.header().count()).isEqualTo(set.count());
        assertThat(images.body()).isEqualTo(bytes(set.pixels()));
        assertThat(labels.body()).isEqualTo(bytes(set.labels()));
    }

    @Property(tries = 300)
    void theDigestIsThatOfTheUncompressedFile(@ForAll("sets") ImageSet set) throws IOException {
        byte[] file = imageFile(set);

        assertThat(read(IdxKind.IMAGES, gzip(file)).file())
                .isEqualTo(read(IdxKind.IMAGES, file).file());
        assertThat(read(IdxKind.IMAGES, file).file().bytes()).isEqualTo(file.length);
    }

    @Property(tries = 300)
    void aFlippedHeaderIsRefused(
            @ForAll("sets") ImageSet set, @ForAll @IntRange(max = 15) int index, @ForAll @IntRange(max = 7) int bit) {
        assertThat(readOrRefuse(IdxKind.IMAGES, flipped(imageFile(set), index, 1 << bit)))
                .isEmpty();
    }

    @Property(tries = 300)
    void aFlippedPlainBodyIsThatOtherImage(
            @ForAll("sets") ImageSet set, @ForAll @IntRange(max = 9999) int where, @ForAll @IntRange(max = 7) int bit)
            throws IOException {
        byte[] file = imageFile(set);
        byte[] body = read(IdxKind.IMAGES, file).body();
        int index = where % body.length;

        IdxData mutated = read(IdxKind.IMAGES, flipped(file, file.length - body.length + index, 1 << bit));

        assertThat(mutated.body()).isEqualTo(flipped(body, index, 1 << bit));
        assertThat(mutated.file()).isNotEqualTo(read(IdxKind.IMAGES, file).file());
    }

    @Property(tries = 1000)
    void aFlippedGzipFileIsRefusedOrMeansTheSame(
            @ForAll("sets") ImageSet set, @ForAll @IntRange(max = 9999) int where, @ForAll @IntRange(max = 7) int bit)
            throws IOException {
        byte[] file = imageFile(set);
        byte[] zipped = gzip(file);

        Optional<IdxData> mutated = readOrRefuse(IdxKind.IMAGES, flipped(zipped, where % zipped.length, 1 << bit));

        if (mutated.isPresent()) {
            assertThat(mutated.get().file())
                    .isEqualTo(read(IdxKind.IMAGES, file).file());
        }
    }

    @Property(tries = 500)
    void aCutFileIsRefused(
            @ForAll("sets") ImageSet set, @ForAll @IntRange(max = 9999) int where, @ForAll boolean zipped) {
        byte[] file = packed(imageFile(set), zipped);
        byte[] cut = Arrays.copyOf(file, where % file.length);

        assertThatThrownBy(() -> read(IdxKind.IMAGES, cut)).isInstanceOf(BadIdxException.class);
    }

    @Property(tries = 1000)
    void anyBytesAreReadOrRefused(@ForAll @Size(max = 64) byte[] bytes, @ForAll IdxKind kind) {
        readOrRefuse(kind, bytes);
        readOrRefuse(kind, gzip(bytes));
        readOrRefuse(kind, IdxBytes.join(new byte[] {0x1f, (byte) 0x8b, 8}, bytes));
        readOrRefuse(kind, IdxBytes.join(new byte[] {0, 0, 8, 3}, bytes));
        readOrRefuse(kind, IdxBytes.join(new byte[] {0, 0, 8, 1, 0, 0, 0}, bytes));
    }

    @Property(tries = 500)
    void anyHeaderIsReadOrRefused(@ForAll int count, @ForAll int height, @ForAll int width) {
        IdxLimits wide = new IdxLimits(1 << 16, Integer.MAX_VALUE, ImageDimensions.MAX_SIDE);
        byte[] file = IdxBytes.header(0x0803, count, height, width);

        assertThatThrownBy(() -> IdxBytes.idx(IdxKind.IMAGES, "train", stream(file), wide))
                .isInstanceOf(BadIdxException.class);
    }

    @Provide
    Arbitrary<ImageSet> sets() {
        Arbitrary<ImageDimensions> shapes = Combinators.combine(
                        Arbitraries.integers().between(1, 9),
                        Arbitraries.integers().between(1, 9),
                        Arbitraries.of(1, 3))
                .as(ImageDimensions::new);
        return Combinators.combine(shapes, Arbitraries.integers().between(1, 20), Arbitraries.longs())
                .as(IdxReaderPropertyTest::set);
    }

    private static ImageSet set(ImageDimensions shape, int count, long seed) {
        Random random = new Random(seed);
        byte[] pixels = new byte[count * shape.bytes()];
        byte[] labels = new byte[count];
        random.nextBytes(pixels);
        random.nextBytes(labels);
        return ImageSet.of(shape, pixels, labels);
    }

    private static byte[] imageFile(ImageSet set) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            IdxWriter.writeImages(set, out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static byte[] labelFile(ImageSet set) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        IdxWriter.writeLabels(set, out);
        return out.toByteArray();
    }

    private static byte[] packed(byte[] file, boolean zipped) {
        return zipped ? gzip(file) : file;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** Anything but success and BadIdxException fails the property. */
    private static Optional<IdxData> readOrRefuse(IdxKind kind, byte[] bytes) {
        try {
            return Optional.of(read(kind, bytes));
        } catch (BadIdxException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new AssertionError("refused by an IOException", e);
        }
    }

    private static IdxData read(IdxKind kind, byte[] bytes) throws IOException {
        return IdxBytes.idx(kind, "file", stream(bytes), LIMITS);
    }
}
