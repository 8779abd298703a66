package io.catwalk.dataset;

import java.awt.image.BufferedImage;

/**
 * How large one image of a sheet is drawn: small ones by a whole factor, so that each pixel stays a square; large ones
 * shrunk.
 *
 * @param width in pixels of the sheet
 * @param height in pixels of the sheet
 */
record SampleTile(int width, int height) {
    private static final int SMALLEST = 56;
    private static final int LARGEST = 96;

    static SampleTile of(ImageDimensions shape) {
        int side = Math.max(shape.width(), shape.height());
        if (side > LARGEST) {
            return new SampleTile(shrunk(shape.width(), side), shrunk(shape.height(), side));
        }
        int factor = Math.ceilDiv(SMALLEST, side);
        return new SampleTile(shape.width() * factor, shape.height() * factor);
    }

    private static int shrunk(int length, int side) {
        return Math.max(1, length * LARGEST / side);
    }

    /** One image of a set in its own size, as RGB. */
    static BufferedImage picture(LabelledImages images, int image) {
        ImageDimensions shape = images.shape();
        byte[] pixels = new byte[shape.bytes()];
        images.copyPixels(image, pixels, 0);
        BufferedImage picture = new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < shape.height(); row++) {
            for (int column = 0; column < shape.width(); column++) {
                picture.setRGB(
                        column, row, rgb(pixels, (row * shape.width() + column) * shape.channels(), shape.channels()));
            }
        }
        return picture;
    }

    /** The colour of the pixel whose first value lies there. */
    private static int rgb(byte[] pixels, int at, int channels) {
        int last = channels - 1;
        int red = pixels[at] & 0xff;
        int green = pixels[at + Math.min(1, last)] & 0xff;
        int blue = pixels[at + last] & 0xff;
        return red << 16 | green << 8 | blue;
    }
}
