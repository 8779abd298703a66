package io.catwalk.dataset;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** One image as a PNG file of its own size, grey or RGB, each value as the dataset has it. */
public final class ImagePng {
    private ImagePng() {}

    /**
     * The file's bytes; equal for equal pixels on one JDK, whose encoder writes them.
     *
     * @param pixels {@code shape.bytes()} unsigned bytes, row by row, a pixel's channels together
     */
    public static byte[] of(ImageDimensions shape, byte[] pixels) {
        if (pixels.length != shape.bytes()) {
            throw new IllegalArgumentException(
                    "pixels has " + pixels.length + " bytes, must have the " + shape.bytes() + " of " + shape);
        }
        return encoded(shape.channels() == 1 ? grey(shape, pixels) : colour(shape, pixels));
    }

    /** The raster is written, as a grey picture's setRGB would change the values. */
    private static BufferedImage grey(ImageDimensions shape, byte[] pixels) {
        BufferedImage picture = new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setDataElements(0, 0, shape.width(), shape.height(), pixels);
        return picture;
    }

    private static BufferedImage colour(ImageDimensions shape, byte[] pixels) {
        BufferedImage picture = new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < shape.width() * shape.height(); pixel++) {
            int red = Byte.toUnsignedInt(pixels[3 * pixel]);
            int green = Byte.toUnsignedInt(pixels[3 * pixel + 1]);
            int blue = Byte.toUnsignedInt(pixels[3 * pixel + 2]);
            picture.setRGB(pixel % shape.width(), pixel / shape.width(), red << 16 | green << 8 | blue);
        }
        return picture;
    }

    static byte[] encoded(BufferedImage picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(picture, "png", out)) {
                throw new AssertionError("every JDK writes PNG");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't write to memory", e);
        }
        return bytes.toByteArray();
    }
}
