package io.catwalk.dataset;

import static io.catwalk.dataset.IdxBytes.counting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ReadOnlyBufferException;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

class ImageSetTest {
    private static final ImageDimensions SHAPE = new ImageDimensions(2, 3, 3);
    private static final byte[] PIXELS = counting(4 * 18);
    private static final ImageSet SET = ImageSet.of(SHAPE, PIXELS, new byte[] {0, 1, (byte) 200, 3});

    @Test
    void addressesPixelsByRowColumnAndChannel() {
        assertThat(SET.pixel(0, 0, 0, 2)).isEqualTo(2);
        assertThat(SET.pixel(0, 0, 1, 0)).isEqualTo(3);
        assertThat(SET.pixel(0, 1, 0, 0)).isEqualTo(9);
        assertThat(SET.pixel(3, 1, 2, 2)).isEqualTo(71);
        assertThatThrownBy(() -> SET.pixel(0, 0, 3, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void valuesAreUnsigned() {
        ImageSet bright = ImageSet.of(new ImageDimensions(1, 1, 1), new byte[] {(byte) 255}, new byte[] {(byte) 200});

        assertThat(bright.pixel(0, 0, 0, 0)).isEqualTo(255);
        assertThat(bright.label(0)).isEqualTo(200);
    }

    @Test
    void slicesShareTheBytesAndKeepToTheirBounds() {
        byte[] pixels = PIXELS.clone();
        ImageSet middle = ImageSet.of(SHAPE, pixels, new byte[] {0, 1, 2, 3}).slice(1, 3);
        pixels[18] = 99;

        assertThat(middle.count()).isEqualTo(2);
        assertThat(middle.label(1)).isEqualTo(2);
        assertThat(middle.pixel(0, 0, 0, 0)).isEqualTo(99);
        assertThat(middle.pixels().remaining()).isEqualTo(36);
        assertThat(middle.pixels().get(0)).isEqualTo((byte) 99);
        assertThat(middle.labels().get(0)).isEqualTo((byte) 1);
        assertThat(middle.slice(1, 2).label(0)).isEqualTo(2);
        assertThatThrownBy(() -> middle.label(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> middle.pixel(-1, 0, 0, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> middle.slice(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> middle.slice(1, 1)).hasMessage("the slice from 1 to 1 is empty");
    }

    @Test
    void viewsAreReadOnly() {
        assertThatThrownBy(() -> SET.pixels().put(0, (byte) 1)).isInstanceOf(ReadOnlyBufferException.class);
        assertThatThrownBy(() -> SET.labels().put(0, (byte) 1)).isInstanceOf(ReadOnlyBufferException.class);
    }

    @Test
    void copiesOneImageIntoABatch() {
        byte[] batch = new byte[36];

        SET.slice(1, 4).copyPixels(2, batch, 18);

        assertThat(batch).isEqualTo(IdxBytes.join(new byte[18], Arrays.copyOfRange(PIXELS, 54, 72)));
        assertThatThrownBy(() -> SET.slice(1, 3).copyPixels(2, batch, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void refusesPixelsThatDoNotFitTheLabels() {
        assertThatThrownBy(() -> ImageSet.of(SHAPE, new byte[35], new byte[2]))
                .isInstanceOf(BadDatasetException.class)
                .hasMessage("pixels has 35 bytes, must have 2 images of 18");
        assertThatThrownBy(() -> ImageSet.of(SHAPE, new byte[0], new byte[0]))
                .hasMessage("labels has 0 entries, must have at least 1");
    }

    @Test
    void refusesInvalidShapes() {
        assertThatThrownBy(() -> new ImageDimensions(0, 1, 1)).hasMessage("height is 0, must be 1 to 16384");
        assertThatThrownBy(() -> new ImageDimensions(1, 16_385, 1)).hasMessage("width is 16385, must be 1 to 16384");
        assertThatThrownBy(() -> new ImageDimensions(1, 1, 4))
                .hasMessage("channels is 4, must be 1 (grey) or 3 (red, green, blue)");
    }
}
