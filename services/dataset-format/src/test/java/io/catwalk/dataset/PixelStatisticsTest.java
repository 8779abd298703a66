package io.catwalk.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PixelStatisticsTest {
    @Test
    void dividesByTheNumberOfPixels() {
        assertThat(statistics((byte) 0, (byte) 255)).isEqualTo(new PixelStatistics(0, 255, 127.5, 127.5));
        assertThat(statistics((byte) 2, (byte) 4, (byte) 4, (byte) 4, (byte) 5, (byte) 5, (byte) 7, (byte) 9))
                .isEqualTo(new PixelStatistics(2, 9, 5, 2));
    }

    @Test
    void aConstantHasNoDeviation() {
        assertThat(statistics((byte) 200, (byte) 200, (byte) 200)).isEqualTo(new PixelStatistics(200, 200, 200, 0));
    }

    @Test
    void refusesInvalidStatistics() {
        assertThatThrownBy(() -> new PixelStatistics(0, 255, Double.NaN, 1)).isInstanceOf(BadDatasetException.class);
        assertThatThrownBy(() -> new PixelStatistics(0, 256, 1, 1)).isInstanceOf(BadDatasetException.class);
        assertThatThrownBy(() -> new PixelStatistics(0, 255, 1, -1)).isInstanceOf(BadDatasetException.class);
    }

    private static PixelStatistics statistics(byte... pixels) {
        return PixelStatistics.of(ImageSet.of(new ImageDimensions(1, 1, 1), pixels, new byte[pixels.length]));
    }
}
