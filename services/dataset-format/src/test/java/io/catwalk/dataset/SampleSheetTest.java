package io.catwalk.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;

class SampleSheetTest {
    private static final List<String> NAMES = List.of("cat", "dog", "bird");
    private static final int RED = 0xff0000;
    private static final int BLUE = 0x0000ff;

    @Test
    void showsTheFirstImagesOfEachClassInOrder() {
        ImageSet images = ImageSet.of(new ImageDimensions(1, 1, 1), new byte[7], new byte[] {1, 0, 1, 1, 0, 1, 0});
        SampleSheet sheet = new SampleSheet(images, NAMES, 3);

        assertThat(sheet.samples(0)).containsExactly(1, 4, 6);
        assertThat(sheet.samples(1)).containsExactly(0, 2, 3);
        assertThat(sheet.samples(2)).isEmpty();
    }

    @Test
    void isTheSameEachTime() {
        SampleSheet sheet = new SampleSheet(colours(4, 4), NAMES, 10);

        assertThat(sheet.png()).isEqualTo(sheet.png());
    }

    @Test
    void drawsEachSampleInItsColoursAndEnlarged() throws IOException {
        BufferedImage picture = decoded(new SampleSheet(colours(28, 28), NAMES, 10));

        assertThat(pixelsOf(picture, RED)).isEqualTo(2 * 56 * 56);
        assertThat(pixelsOf(picture, BLUE)).isEqualTo(56 * 56);
    }

    @Test
    void drawsGreyImagesAsGrey() throws IOException {
        byte[] pixels = new byte[8 * 8];
        Arrays.fill(pixels, (byte) 0x5a);
        ImageSet images = ImageSet.of(new ImageDimensions(8, 8, 1), pixels, new byte[1]);

        assertThat(pixelsOf(decoded(new SampleSheet(images, NAMES, 10)), 0x5a5a5a))
                .isEqualTo(56 * 56);
    }

    @Test
    void shrinksLargeImages() throws IOException {
        BufferedImage picture = decoded(new SampleSheet(colours(192, 384), NAMES, 10));

        assertThat(pixelsOf(picture, BLUE)).isEqualTo(48 * 96);
    }

    @Test
    void showsOnlyTheSamplesWithoutAFont() {
        SampleSheet sheet = new SampleSheet(colours(28, 28), NAMES, 10);
        BufferedImage named = new SampleSheetPainter(sheet, true).paint();
        BufferedImage alone = new SampleSheetPainter(sheet, false).paint();

        assertThat(alone.getWidth()).isLessThan(named.getWidth());
        assertThat(pixelsOf(alone, BLUE)).isEqualTo(56 * 56);
    }

    @Test
    void shortensLongNamesAndGrowsWithTheClasses() {
        List<String> longNames = List.of("W".repeat(64), "dog", "bird", "fish");
        BufferedImage few = new SampleSheet(colours(28, 28), NAMES, 10).draw();
        BufferedImage more = new SampleSheet(colours(28, 28), longNames, 10).draw();

        assertThat(more.getHeight() - few.getHeight()).isEqualTo(56 + 6);
        assertThat(more.getWidth()).isBetween(few.getWidth() + 1, few.getWidth() + 260);
    }

    @Test
    void writesTheNames() {
        BufferedImage named = new SampleSheet(colours(28, 28), NAMES, 1).draw();
        BufferedImage others = new SampleSheet(colours(28, 28), List.of("cat", "dug", "bird"), 1).draw();

        assertThat(rgb(named)).isNotEqualTo(rgb(others));
    }

    @Test
    void needsNoDisplay() throws IOException, InterruptedException {
        ProcessBuilder drawing = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Drawing.class.getName());
        drawing.environment().put("DISPLAY", "127.0.0.1:65000");
        Process process = drawing.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
    }

    @Test
    void refusesLabelsWithoutANameAndTooManyColumns() {
        ImageSet images = ImageSet.of(new ImageDimensions(1, 1, 1), new byte[2], new byte[] {0, 3});

        assertThatThrownBy(() -> new SampleSheet(images, NAMES, 10))
                .isInstanceOf(BadDatasetException.class)
                .hasMessage("label 1 is 3, must be below 3");
        assertThatThrownBy(() -> new SampleSheet(colours(1, 1), NAMES, 26))
                .hasMessage("samplesPerClass is 26, must be 1 to 25");
    }

    /** Two wholly red images of class 0 and a blue one of class 2. */
    private static ImageSet colours(int height, int width) {
        ImageDimensions shape = new ImageDimensions(height, width, 3);
        byte[] pixels = new byte[3 * shape.bytes()];
        for (int pixel = 0; pixel < 3 * height * width; pixel++) {
            pixels[3 * pixel + (pixel < 2 * height * width ? 0 : 2)] = (byte) 255;
        }
        return ImageSet.of(shape, pixels, new byte[] {0, 0, 2});
    }

    private static BufferedImage decoded(SampleSheet sheet) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(sheet.png()));
    }

    private static long pixelsOf(BufferedImage picture, int rgb) {
        return Arrays.stream(rgb(picture))
                .filter(pixel -> (pixel & 0xffffff) == rgb)
                .count();
    }

    private static int[] rgb(BufferedImage picture) {
        return picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    }

    /** Draws a sheet in a process of its own. */
    static final class Drawing {
        private Drawing() {}

        public static void main(String[] arguments) {
            new SampleSheet(colours(2, 2), NAMES, 1).png();
        }
    }
}
