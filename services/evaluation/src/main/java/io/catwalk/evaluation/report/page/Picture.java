package io.catwalk.evaluation.report.page;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

import io.catwalk.evaluation.scoring.LabelledImages;

/** A dataset's image as a PNG within the page. */
final class Picture {
    private Picture() {}

    /** @throws IllegalArgumentException for images of other than 1 or 3 channels */
    static String dataUri(LabelledImages images, int index) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png(picture(images, index)));
    }

    private static BufferedImage picture(LabelledImages images, int index) {
        return switch (images.channels()) {
            case 1 -> grey(images, images.pixels(index));
            case 3 -> colour(images, images.pixels(index));
            default ->
                throw new IllegalArgumentException("channels: " + images.channels() + ", must be 1 or 3 in a picture");
        };
    }

    /** The raster is written, as a grey picture's setRGB would change the values. */
    private static BufferedImage grey(LabelledImages images, byte[] pixels) {
        BufferedImage picture = new BufferedImage(images.width(), images.height(), BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setDataElements(0, 0, images.width(), images.height(), pixels);
        return picture;
    }

    private static BufferedImage colour(LabelledImages images, byte[] pixels) {
        BufferedImage picture = new BufferedImage(images.width(), images.height(), BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < images.width() * images.height(); pixel++) {
            int red = Byte.toUnsignedInt(pixels[3 * pixel]);
            int green = Byte.toUnsignedInt(pixels[3 * pixel + 1]);
            int blue = Byte.toUnsignedInt(pixels[3 * pixel + 2]);
            picture.setRGB(pixel % images.width(), pixel / images.width(), red << 16 | green << 8 | blue);
        }
        return picture;
    }

    private static byte[] png(BufferedImage picture) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write to memory", e);
        }
        return out.toByteArray();
    }
}
