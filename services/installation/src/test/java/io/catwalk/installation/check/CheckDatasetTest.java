package io.catwalk.installation.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

class CheckDatasetTest {
    @Test
    void isTheSameEachTime() {
        Map<String, byte[]> again = CheckDataset.create().files();

        assertThat(CheckDataset.create().files())
                .hasSize(4)
                .allSatisfy((name, content) -> assertThat(content).as(name).isEqualTo(again.get(name)));
    }

    @Test
    void brightensTheQuarterOfTheClass() {
        var images = CheckDataset.create().training();

        for (int image = 0; image < 50; image++) {
            int row = images.label(image) < 2 ? 5 : 20;
            int column = images.label(image) % 2 == 0 ? 5 : 20;
            assertThat(images.pixel(image, row, column, 0)).isGreaterThanOrEqualTo(128);
            assertThat(images.pixel(image, 25 - row, 25 - column, 0)).isLessThan(64);
        }
    }
}
