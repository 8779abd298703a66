package io.catwalk.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class PixelStatisticsPropertyTest {
    @Property
    void agreesWithTheDefinition(@ForAll @Size(min = 1, max = 200) byte[] pixels) {
        double sum = 0;
        for (byte pixel : pixels) {
            sum += pixel & 0xff;
        }
        double mean = sum / pixels.length;
        double squares = 0;
        for (byte pixel : pixels) {
            squares += Math.pow((pixel & 0xff) - mean, 2);
        }

        PixelStatistics statistics =
                PixelStatistics.of(ImageSet.of(new ImageDimensions(1, 1, 1), pixels, new byte[pixels.length]));

        assertThat(statistics.mean()).isEqualTo(mean);
        assertThat(statistics.standardDeviation()).isCloseTo(Math.sqrt(squares / pixels.length), within(1e-9));
    }
}
