package io.catwalk.picture;

import java.awt.image.BufferedImage;

/**
 * A decoded picture.
 *
 * @param stored its pixels as stored in the file
 * @param orientation how to make them upright
 */
record UprightPicture(BufferedImage stored, Orientation orientation) {
    /** Of the upright picture. */
    int width() {
        return orientation.transposed() ? stored.getHeight() : stored.getWidth();
    }

    /** Of the upright picture. */
    int height() {
        return orientation.transposed() ? stored.getWidth() : stored.getHeight();
    }
}
