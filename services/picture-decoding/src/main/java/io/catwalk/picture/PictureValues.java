package io.catwalk.picture;

import java.awt.Rectangle;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;

/**
 * A decoded picture's rows, upright, as values from 0 to 1 over black. Grey samples are used as they are; colours become grey by
 * their luminance, 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601), where the model takes grey; transparent
 * pixels show black, the background of Fashion-MNIST.
 */
final class PictureValues {
    private static final float RED = 0.299f;
    private static final float GREEN = 0.587f;
    private static final float BLUE = 0.114f;
    private static final float BYTE_MAX = 255f;

    private final UprightPicture picture;
    private final BufferedImage stored;
    private final boolean grey;
    private final int channels;

    /** @param channels the model's: 1 for grey, 3 for red, green and blue */
    PictureValues(UprightPicture picture, int channels) {
        this.picture = picture;
        this.stored = picture.stored();
        this.grey = isGrey(stored.getColorModel());
        this.channels = channels;
    }

    int width() {
        return picture.width();
    }

    int height() {
        return picture.height();
    }

    int channels() {
        return channels;
    }

    /** One row of the upright picture from left to right, {@code width * channels} values. */
    float[] row(int y) {
        Orientation orientation = picture.orientation();
        int line = orientation.fromLast() ? height() - 1 - y : y;
        Rectangle pixels =
                orientation.transposed() ? new Rectangle(line, 0, 1, width()) : new Rectangle(0, line, width(), 1);
        float[] row = grey ? greys(pixels) : colours(pixels);
        return orientation.reversed() ? reversed(row) : row;
    }

    private float[] greys(Rectangle pixels) {
        Raster raster = stored.getRaster();
        int bands = raster.getNumBands();
        int[] samples = raster.getPixels(
                raster.getMinX() + pixels.x, raster.getMinY() + pixels.y, pixels.width, pixels.height, (int[]) null);
        float max = (1 << stored.getColorModel().getComponentSize(0)) - 1;
        float[] row = new float[width() * channels];
        for (int x = 0; x < width(); x++) {
            float value = samples[x * bands] / max;
            float opacity = bands > 1 ? samples[x * bands + 1] / max : 1;
            for (int channel = 0; channel < channels; channel++) {
                row[x * channels + channel] = value * opacity;
            }
        }
        return row;
    }

    private float[] colours(Rectangle pixels) {
        int[] colours = stored.getRGB(pixels.x, pixels.y, pixels.width, pixels.height, null, 0, pixels.width);
        float[] row = new float[width() * channels];
        for (int x = 0; x < width(); x++) {
            int colour = colours[x];
            float opacity = (colour >>> 24) / BYTE_MAX / BYTE_MAX;
            float red = (colour >> 16 & 0xff) * opacity;
            float green = (colour >> 8 & 0xff) * opacity;
            float blue = (colour & 0xff) * opacity;
            if (channels == 1) {
                row[x] = RED * red + GREEN * green + BLUE * blue;
            } else {
                row[x * channels] = red;
                row[x * channels + 1] = green;
                row[x * channels + 2] = blue;
            }
        }
        return row;
    }

    private float[] reversed(float[] row) {
        float[] reversed = new float[row.length];
        for (int start = 0; start < row.length; start += channels) {
            System.arraycopy(row, start, reversed, row.length - channels - start, channels);
        }
        return reversed;
    }

    /** Such pictures must not pass through {@link BufferedImage#getRGB}, which would change their greys by gamma. */
    private static boolean isGrey(ColorModel model) {
        return model instanceof ComponentColorModel
                && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
                && (model.getTransferType() == DataBuffer.TYPE_BYTE
                        || model.getTransferType() == DataBuffer.TYPE_USHORT);
    }
}
