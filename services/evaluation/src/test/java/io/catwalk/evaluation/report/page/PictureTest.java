package io.catwalk.evaluation.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;

import io.catwalk.dataset.BadDatasetException;
import io.catwalk.evaluation.scoring.GeneratedImages;
import org.junit.jupiter.api.Test;

class PictureTest {
    private static final String PREFIX = "data:image/png;base64,";

    @Test
    void keepsTheGreyValues() throws IOException {
        var images = new GeneratedImages(3, 5, 1, 0, 0);

        BufferedImage picture = decode(Picture.dataUri(images, 1));

        assertThat(picture.getWidth()).isEqualTo(5);
        assertThat(picture.getHeight()).isEqualTo(3);
        assertThat(picture.getRaster().getDataElements(0, 0, 5, 3, null)).isEqualTo(images.pixels(1));
    }

    @Test
    void keepsTheColours() throws IOException {
        var images = new GeneratedImages(2, 3, 3, 0, 0, 0);

        BufferedImage picture = decode(Picture.dataUri(images, 2));

        assertThat(picture.getRGB(0, 0)).isEqualTo(0xFF_C8_C9_CA);
        assertThat(picture.getRGB(2, 1)).isEqualTo(0xFF_D7_D8_D9);
    }

    @Test
    void refusesWhatIsNeitherGreyNorColour() {
        assertThatThrownBy(() -> Picture.dataUri(new GeneratedImages(2, 2, 2, 0), 0))
                .isInstanceOf(BadDatasetException.class)
                .hasMessageStartingWith("channels is 2, must be 1 (grey) or 3");
    }

    private static BufferedImage decode(String uri) throws IOException {
        assertThat(uri).startsWith(PREFIX);
        return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(uri.substring(PREFIX.length()))));
    }
}
