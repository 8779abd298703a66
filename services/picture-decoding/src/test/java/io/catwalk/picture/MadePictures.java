package io.catwalk.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import javax.imageio.ImageIO;

/** Made pictures, 24x16: red grows to the right, green to the bottom, blue to both. */
final class MadePictures {
    static final int WIDTH = 24;
    static final int HEIGHT = 16;

    private MadePictures() {}

    /** One that Java doesn't write, from the resources. */
    static byte[] stored(String name) {
        try (InputStream content = MadePictures.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(content, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param type of {@link BufferedImage} */
    static byte[] encoded(String format, int type) {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, type);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                picture.setRGB(x, y, colour(x, y));
            }
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(picture, format, content)) {
                throw new IllegalArgumentException("no writer of " + format + " for pictures of type " + type);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content.toByteArray();
    }

    /** Opaque. */
    static int colour(int x, int y) {
        int red = x * 255 / (WIDTH - 1);
        int green = y * 255 / (HEIGHT - 1);
        int blue = (x + y) * 255 / (WIDTH + HEIGHT - 2);
        return 0xff << 24 | red << 16 | green << 8 | blue;
    }
}
