package io.catwalk.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

import io.catwalk.picture.BadPictureException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureFormatTest {
    private static final PictureLimits LIMITS = new PictureLimits(64, 1 << 20);
    private static final PictureShape COLOURS = new PictureShape(MadePictures.HEIGHT, MadePictures.WIDTH, 3);

    @ParameterizedTest
    @ValueSource(strings = {"colours.png", "colours.bmp", "lossless.webp"})
    void aPictureWithoutLossKeepsItsColours(String name) throws BadPictureException {
        byte[] pixels = pixels(MadePictures.stored(name), COLOURS);

        for (int index = 0; index < pixels.length; index += 3) {
            int colour = MadePictures.colour(index / 3 % MadePictures.WIDTH, index / 3 / MadePictures.WIDTH);
            assertThat(Arrays.copyOfRange(pixels, index, index + 3))
                    .containsExactly(colour >> 16 & 0xff, colour >> 8 & 0xff, colour & 0xff);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lossy.webp", "colours.jpg"})
    void aPictureWithLossIsNearIts(String name) throws BadPictureException {
        FittedPicture picture = fit(MadePictures.stored(name), COLOURS);

        assertThat(picture.resized()).isFalse();
        for (int index = 0; index < COLOURS.size(); index += 3) {
            int colour = MadePictures.colour(index / 3 % MadePictures.WIDTH, index / 3 / MadePictures.WIDTH);
            assertThat(picture.values()[index] * 255).isEqualTo(colour >> 16 & 0xff, within(20f));
            assertThat(picture.values()[index + 1] * 255).isEqualTo(colour >> 8 & 0xff, within(20f));
            assertThat(picture.values()[index + 2] * 255).isEqualTo(colour & 0xff, within(20f));
        }
    }

    @Test
    void aWebpIsTurnedAsItsExifBlockSays() throws BadPictureException {
        PictureShape upright = new PictureShape(MadePictures.WIDTH, MadePictures.HEIGHT, 3);
        byte[] lying = pixels(MadePictures.stored("lossy.webp"), COLOURS);

        FittedPicture turned = fit(MadePictures.stored("turned.webp"), upright);

        assertThat(turned.resized()).isFalse();
        byte[] pixels = turned.pixels();
        for (int y = 0; y < upright.height(); y++) {
            for (int x = 0; x < upright.width(); x++) {
                int from = ((MadePictures.HEIGHT - 1 - x) * MadePictures.WIDTH + y) * 3;
                int to = (y * upright.width() + x) * 3;
                assertThat(Arrays.copyOfRange(pixels, to, to + 3)).isEqualTo(Arrays.copyOfRange(lying, from, from + 3));
            }
        }
    }

    /** As another decoder, Google's, read them. */
    @ParameterizedTest
    @ValueSource(strings = {"palette", "noise", "repeats", "transparent", "mixed"})
    void aLosslessWebpIsReadAsOthersDo(String name) throws BadPictureException {
        PictureShape shape = new PictureShape(48, 64, 3);

        assertThat(pixels(MadePictures.stored(name + ".webp"), shape))
                .isEqualTo(pixels(MadePictures.stored(name + ".png"), shape));
    }

    /** What is trained on must not change with a library: the same bytes in, the same bytes out. */
    @ParameterizedTest
    @CsvSource({
        "colours.png, 28, 28, 1, 671d59417ee4840f68395091219a8dba64d2073826b687d42d90b278827718b0",
        "colours.png, 8, 8, 3, 355066142181bf692dd39dc4bb6870051b690311550a1024cbb060c597349ea4",
        "colours.bmp, 28, 28, 1, 671d59417ee4840f68395091219a8dba64d2073826b687d42d90b278827718b0",
        "colours.jpg, 28, 28, 3, d28cb1cde566c763cf0ba36962a66d0ad4ea716ec61374ac863fef8a51ef4702",
        "lossy.webp, 28, 28, 3, 51d6c9ff3d9951fc6c641f1b26c877566f082227df4524184c4a5e8cef651445",
        "turned.webp, 8, 8, 1, 62fb33f2bfb76d733a61391a184e241850496ebaa362706b3341a635e59a2568"
    })
    void theSamePictureGivesTheSameBytes(String name, int height, int width, int channels, String digest)
            throws BadPictureException, NoSuchAlgorithmException {
        byte[] pixels = pixels(MadePictures.stored(name), new PictureShape(height, width, channels));

        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(pixels)))
                .isEqualTo(digest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cmyk.jpg         | the JPEG picture must be grey or of three colours, not of 4 components, as CMYK",
                "animated.webp    | the WebP picture must be a still one, not animated",
                "compressed.bmp   | the BMP picture must not be compressed, but its compression is 1"
            })
    void whatIsntReadIsRefusedByName(String name, String message) {
        assertThatThrownBy(() -> fit(MadePictures.stored(name), COLOURS))
                .isInstanceOfSatisfying(
                        BadPictureException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.UNSUPPORTED))
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"colours.png", "colours.jpg", "lossy.webp", "lossless.webp", "colours.bmp"})
    void anIncompletePictureIsRefusedWhereverItEnds(String name) {
        byte[] whole = MadePictures.stored(name);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> fit(part, COLOURS)).isInstanceOf(BadPictureException.class);
        }
    }

    /** A decoder would take memory by the frame's own size. */
    @Test
    void aWebpFrameLargerThanItsCanvasIsRefused() {
        byte[] picture = MadePictures.stored("turned.webp");
        int canvasWidth = 24;
        picture[canvasWidth] = 7;

        assertThatThrownBy(() -> fit(picture, COLOURS))
                .hasMessage("the WebP picture's frames and canvas must have one size, not 8x16 and 24x16");
    }

    /** Decoders differ in how they interpolate colours. */
    @Test
    void aTransparentWebpIsLaidOverBlack() throws BadPictureException {
        PictureShape shape = new PictureShape(48, 64, 3);
        float[] expected = fit(MadePictures.stored("veiled.png"), shape).values();

        float[] values = fit(MadePictures.stored("veiled.webp"), shape).values();

        for (int index = 0; index < values.length; index++) {
            assertThat(values[index] * 255).isEqualTo(expected[index] * 255, within(20f));
        }
    }

    /** The decoder takes it for opaque. */
    @Test
    void aWebpsTransparencyThatIsntCompressedIsRefusedByName() {
        assertThatThrownBy(() -> fit(transparent(new byte[1]), COLOURS))
                .hasMessage("the WebP picture's transparency must be compressed (1), its method is 0");
    }

    /** Tables that take more than a picture may, from few bytes, as a decoder would make them. */
    @Test
    void losslessDataOfTooManyPrefixCodesAreRefused() {
        LosslessData data = new LosslessData(4096, 4096);
        data.manyCodes(60_000);

        assertThatThrownBy(() -> PictureFile.open(data.webp(), new PictureLimits(4096, 2_000_000_000)))
                .isInstanceOfSatisfying(
                        BadPictureException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE))
                .hasMessageContaining(" with its prefix codes");
    }

    @Test
    void losslessDataWithATransformTwiceAreRefused() {
        LosslessData data = new LosslessData(4, 4);
        data.transform(2);
        data.transform(2);

        assertThatThrownBy(() -> fit(data.webp(), COLOURS))
                .hasMessage("the WebP picture's lossless data have transform 2 twice");
    }

    @Test
    void losslessDataThatEndEarlyAreRefused() {
        LosslessData data = new LosslessData(4, 4);
        data.transform(2);

        assertThatThrownBy(() -> fit(data.webp(), COLOURS)).hasMessageStartingWith("the WebP picture's lossless data ");
    }

    /** The lossy picture with its canvas and an ALPH chunk before it. Source: RFC 9649, 2.7. */
    private static byte[] transparent(byte[] chunk) {
        byte[] frame = MadePictures.stored("lossy.webp");
        ByteBuffer webp = ByteBuffer.allocate(10_000).order(ByteOrder.LITTLE_ENDIAN);
        webp.put(frame, 0, 12);
        webp.put("VP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).putInt(0x10);
        webp.putShort((short) (MadePictures.WIDTH - 1)).put((byte) 0);
        webp.putShort((short) (MadePictures.HEIGHT - 1)).put((byte) 0);
        webp.put("ALPH".getBytes(StandardCharsets.US_ASCII)).putInt(chunk.length);
        webp.put(chunk).put(new byte[chunk.length % 2]);
        webp.put(frame, 12, frame.length - 12);
        webp.putInt(4, webp.position() - 8);
        return Arrays.copyOf(webp.array(), webp.position());
    }

    private static FittedPicture fit(byte[] content, PictureShape shape) throws BadPictureException {
        try (PictureFile picture = PictureFile.open(content, LIMITS)) {
            return picture.fit(shape);
        }
    }

    private static byte[] pixels(byte[] content, PictureShape shape) throws BadPictureException {
        return fit(content, shape).pixels();
    }
}
