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
    static BufferedImage picture(ImageSet images, int image) {
        ImageDimensions shape = images.shape();
        BufferedImage picture = new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < shape.height(); row++) {
            for (int column = 0; column < shape.width(); column++) {
                picture.setRGB(column, row, rgb(images, image, row, column));
            }
        }
        return picture;
    }

    private static int rgb(ImageSet images, int image, int row, int column) {
        int last = images.shape().channels() - 1;
        int red = images.pixel(image, row, column, 0);
        int green = images.pixel(image, row, column, Math.min(1, last));
        int blue = images.pixel(image, row, column, last);
        return red << 16 | green << 8 | blue;
    }
}
