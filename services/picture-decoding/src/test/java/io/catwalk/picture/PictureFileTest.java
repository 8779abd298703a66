package io.catwalk.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

import io.catwalk.picture.BadPictureException.Reason;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PictureFileTest {
    private static final Offset<Float> EXACT = within(1e-6f);
    private static final Offset<Float> BYTE_STEP = within(0.5f / 255);
    private static final PictureShape GREY_2X2 = new PictureShape(2, 2, 1);

    private static final PictureLimits LIMITS = new PictureLimits(64, 64 * 64 * 4);

    @Test
    void keepsGreyValues() throws Exception {
        BufferedImage picture = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setPixels(0, 0, 16, 16, IntStream.range(0, 256).toArray());

        float[] image = fit(png(picture), new PictureShape(16, 16, 1));
        for (int value = 0; value < 256; value++) {
            assertThat(image[value]).isEqualTo(value / 255f, EXACT);
        }
    }

    @Test
    void greysOfSixteenBitsKeepTheirPrecision() throws Exception {
        BufferedImage picture = new BufferedImage(2, 2, BufferedImage.TYPE_USHORT_GRAY);
        picture.getRaster().setPixels(0, 0, 2, 2, new int[] {0, 1, 32_768, 65_535});

        assertThat(fit(png(picture), GREY_2X2)).containsExactly(0, 1 / 65_535f, 32_768 / 65_535f, 1);
    }

    @Test
    void coloursBecomeGreyByTheirLuminance() throws Exception {
        BufferedImage picture = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
        paint(picture, Color.RED, Color.GREEN, Color.BLUE, Color.WHITE);

        assertThat(fit(png(picture), GREY_2X2)).containsExactly(new float[] {0.299f, 0.587f, 0.114f, 1}, EXACT);
    }

    @Test
    void aModelThatTakesColoursGetsThem() throws Exception {
        BufferedImage picture = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        paint(picture, Color.RED, new Color(0, 51, 255));

        assertThat(fit(png(picture), new PictureShape(1, 2, 3)))
                .containsExactly(new float[] {1, 0, 0, 0, 0.2f, 1}, EXACT);
    }

    @Test
    void transparentPixelsShowBlack() throws Exception {
        BufferedImage picture = new BufferedImage(2, 2, BufferedImage.TYPE_INT_ARGB);
        paint(
                picture,
                new Color(255, 255, 255, 0),
                new Color(255, 255, 255, 51),
                new Color(255, 0, 0, 255),
                new Color(0, 0, 0, 128));

        assertThat(fit(png(picture), GREY_2X2)).containsExactly(new float[] {0, 0.2f, 0.299f, 0}, EXACT);
    }

    @Test
    void transparentGreysToo() throws Exception {
        ComponentColorModel greyAndOpacity = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY), true, false, 3, DataBuffer.TYPE_BYTE);
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 2, 1, 2, null);
        raster.setPixels(0, 0, 2, 1, new int[] {255, 51, 102, 255});

        assertThat(fit(png(new BufferedImage(greyAndOpacity, raster, false, null)), new PictureShape(1, 2, 1)))
                .containsExactly(new float[] {0.2f, 0.4f}, EXACT);
    }

    @Test
    void palettesAndBitsAreColours() throws Exception {
        IndexColorModel palette = new IndexColorModel(
                1, 2, new byte[] {0, (byte) 255}, new byte[] {0, (byte) 255}, new byte[] {0, (byte) 255});
        BufferedImage picture = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_BINARY, palette);
        paint(picture, Color.BLACK, Color.WHITE, Color.WHITE, Color.BLACK);

        assertThat(fit(png(picture), GREY_2X2)).containsExactly(new float[] {0, 1, 1, 0}, EXACT);
    }

    @Test
    void jpegIsReadGreyAndColoured() throws Exception {
        for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_RGB}) {
            BufferedImage picture = new BufferedImage(16, 16, type);
            for (int y = 0; y < 16; y++) {
                for (int x = 0; x < 16; x++) {
                    picture.getRaster().setPixel(x, y, new int[] {102, 102, 102, 255});
                }
            }
            float[] image = fit(encoded(picture, "jpg"), new PictureShape(16, 16, 1));
            assertThat(image[100]).isEqualTo(0.4f, within(2 / 255f));
        }
    }

    @Test
    void aLargerPictureIsShrunkToTheMeanOfEachArea() throws Exception {
        BufferedImage picture = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setPixels(0, 0, 4, 4, new int[] {
            255, 0, 255, 255,
            0, 255, 255, 255,
            0, 0, 51, 51,
            0, 0, 51, 51
        });

        assertThat(fit(png(picture), GREY_2X2)).containsExactly(new float[] {0.5f, 1, 0, 0.2f}, EXACT);
    }

    @Test
    void aSmallerPictureIsGrownByInterpolation() throws Exception {
        BufferedImage picture = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setPixels(0, 0, 2, 2, new int[] {0, 204, 0, 204});

        assertThat(fit(png(picture), new PictureShape(4, 4, 1)))
                .startsWith(new float[] {0, 0.2f, 0.6f, 0.8f}, EXACT)
                .endsWith(new float[] {0, 0.2f, 0.6f, 0.8f}, EXACT);
    }

    @Test
    void onePixelFillsAll() throws Exception {
        BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setPixel(0, 0, new int[] {255});

        assertThat(fit(png(picture), GREY_2X2)).containsExactly(new float[] {1, 1, 1, 1}, EXACT);
    }

    @Test
    void proportionsAreKeptAndTheRestIsBlack() throws Exception {
        BufferedImage picture = new BufferedImage(8, 4, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster()
                .setPixels(0, 0, 8, 4, IntStream.generate(() -> 255).limit(32).toArray());

        assertThat(fit(png(picture), new PictureShape(4, 4, 1)))
                .containsExactly(new float[] {0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0}, EXACT);
    }

    @Property(tries = 100)
    void scalingKeepsAnEvenGreyEven(
            @ForAll @IntRange(min = 1, max = 64) int side, @ForAll @IntRange(min = 0, max = 255) int grey)
            throws Exception {
        BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster()
                .setPixels(
                        0,
                        0,
                        side,
                        side,
                        IntStream.generate(() -> grey).limit((long) side * side).toArray());

        float[] image = fit(png(picture), new PictureShape(28, 28, 1));
        for (float value : image) {
            assertThat(value).isEqualTo(grey / 255f, BYTE_STEP);
        }
    }

    @Test
    void aBombIsRefusedByItsHeader() {
        assertThatThrownBy(() -> fit(pngHeader(60_000, 60_000), GREY_2X2))
                .isInstanceOfSatisfying(
                        BadPictureException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE))
                .hasMessage("the picture must be at most 64x64 pixels, not 60000x60000");
    }

    @Test
    void aPictureThatWouldTakeTooMuchMemoryIsRefusedByItsHeader() throws Exception {
        WritableRaster deep = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, 64, 64, 4, null);
        ComponentColorModel colours = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), true, false, 3, DataBuffer.TYPE_USHORT);

        assertThatThrownBy(() -> fit(png(new BufferedImage(colours, deep, false, null)), GREY_2X2))
                .isInstanceOfSatisfying(
                        BadPictureException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE))
                .hasMessage("the picture must take at most 16384 bytes decoded, not 32768, 8 a pixel");
        assertThat(fit(png(new BufferedImage(64, 64, BufferedImage.TYPE_INT_ARGB)), GREY_2X2))
                .hasSize(4);
    }

    @Test
    void damagedAndForeignContentIsRefused() throws Exception {
        byte[] whole = png(new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY));
        assertThatThrownBy(() -> fit(Arrays.copyOf(whole, whole.length / 2), GREY_2X2))
                .isInstanceOf(BadPictureException.class)
                .hasMessage("the PNG picture is incomplete or damaged: its " + whole.length / 2
                        + " bytes don't reach its end");
        assertThatThrownBy(() -> fit("GIF89a not here".getBytes(StandardCharsets.US_ASCII), GREY_2X2))
                .isInstanceOfSatisfying(
                        BadPictureException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.UNSUPPORTED));
        assertThatThrownBy(() -> fit(new byte[0], GREY_2X2)).isInstanceOf(BadPictureException.class);
    }

    @Property(tries = 300)
    void aFlippedByteIsDecodedOrRefused(@ForAll @IntRange(min = 8, max = 200) int position, @ForAll byte flip)
            throws Exception {
        byte[] picture = png(new BufferedImage(16, 16, BufferedImage.TYPE_INT_ARGB));
        picture[position % picture.length] ^= flip;
        try {
            assertThat(fit(picture, GREY_2X2)).hasSize(4);
        } catch (BadPictureException e) {
            assertThat(e.reason()).isIn(Reason.DAMAGED, Reason.TOO_LARGE, Reason.UNSUPPORTED);
        }
    }

    /** Each costs a pass over all pixels, even if its bytes are hardly more than its header. */
    @Test
    void refusesMoreScansThanAProgressivePictureHas() throws Exception {
        byte[] progressive = progressiveJpeg();
        byte[] lastScan = Arrays.copyOfRange(progressive, lastScanAt(progressive), progressive.length - 2);

        assertThat(fit(withScans(progressive, lastScan, 20), GREY_2X2)).hasSize(4);
        assertThatThrownBy(() -> fit(withScans(progressive, lastScan, 500_000), GREY_2X2))
                .isInstanceOfSatisfying(
                        BadPictureException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE))
                .hasMessage("the JPEG picture must have at most 32 scans, not 500010");
    }

    private static byte[] progressiveJpeg() throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam settings = writer.getDefaultWriteParam();
        settings.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(content)) {
            writer.setOutput(out);
            writer.write(
                    null, new IIOImage(new BufferedImage(8, 8, BufferedImage.TYPE_3BYTE_BGR), null, null), settings);
        }
        return content.toByteArray();
    }

    private static int lastScanAt(byte[] jpeg) {
        return IntStream.iterate(jpeg.length - 2, at -> at - 1)
                .filter(at -> jpeg[at] == (byte) 0xff && jpeg[at + 1] == (byte) 0xda)
                .findFirst()
                .orElseThrow();
    }

    private static byte[] withScans(byte[] jpeg, byte[] scan, int more) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(jpeg, 0, jpeg.length - 2);
        for (int index = 0; index < more; index++) {
            content.writeBytes(scan);
        }
        content.write(jpeg, jpeg.length - 2, 2);
        return content.toByteArray();
    }

    private static float[] fit(byte[] content, PictureShape shape) throws BadPictureException {
        try (PictureFile picture = PictureFile.open(content, LIMITS)) {
            return picture.fit(shape).values();
        }
    }

    private static void paint(BufferedImage picture, Color... colours) {
        for (int index = 0; index < colours.length; index++) {
            picture.setRGB(index % picture.getWidth(), index / picture.getWidth(), colours[index].getRGB());
        }
    }

    private static byte[] png(BufferedImage picture) throws IOException {
        return encoded(picture, "png");
    }

    private static byte[] encoded(BufferedImage picture, String format) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        assertThat(ImageIO.write(picture, format, content)).isTrue();
        return content.toByteArray();
    }

    /** A PNG that claims a size and has no pixels. */
    private static byte[] pngHeader(int width, int height) {
        ByteBuffer header = ByteBuffer.allocate(8 + 25);
        header.putLong(0x89504e470d0a1a0aL).putInt(13);
        ByteBuffer chunk = ByteBuffer.allocate(17)
                .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 0, 0, 0, 0});
        CRC32 checksum = new CRC32();
        checksum.update(chunk.array());
        return header.put(chunk.array()).putInt((int) checksum.getValue()).array();
    }
}
