package io.catwalk.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;

import io.catwalk.local.demo.TestPictures.TestPicture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPicturesTest {
    private static final int PIXELS = 28 * 28;

    @TempDir
    Path folder;

    @Test
    void pixelsAndLabelsComeUnchanged() throws Exception {
        byte[] images = new byte[16 + 3 * PIXELS];
        for (int i = 16; i < images.length; i++) {
            images[i] = (byte) (i * 7);
        }
        Files.write(folder.resolve("t10k-images-idx3-ubyte"), images);
        Files.write(folder.resolve("t10k-labels-idx1-ubyte"), new byte[] {0, 0, 8, 1, 0, 0, 0, 3, 9, 2, 1});
        List<TestPicture> pictures = TestPictures.first(2, folder);
        assertThat(pictures).extracting(TestPicture::label).containsExactly(9, 2);
        BufferedImage second =
                ImageIO.read(new ByteArrayInputStream(pictures.get(1).png()));
        byte[] pixels = (byte[]) second.getRaster().getDataElements(0, 0, 28, 28, new byte[PIXELS]);
        assertThat(pixels).isEqualTo(Arrays.copyOfRange(images, 16 + PIXELS, 16 + 2 * PIXELS));
    }
}
