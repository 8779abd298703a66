package io.catwalk.picture;

/**
 * What pictures are brought to.
 *
 * @param height in pixels, at least 1
 * @param width in pixels, at least 1
 * @param channels 1 (grey) or 3 (red, green, blue)
 */
public record PictureShape(int height, int width, int channels) {
    public PictureShape {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "a picture needs height and width of at least 1, not " + height + "x" + width);
        }
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException(
                    "a picture can be brought to 1 (grey) or 3 (red, green, blue) channels, not " + channels);
        }
    }

    /** The values of one image. */
    public int size() {
        return Math.multiplyExact(Math.multiplyExact(height, width), channels);
    }
}
