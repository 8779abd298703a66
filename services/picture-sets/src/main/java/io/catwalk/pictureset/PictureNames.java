package io.catwalk.pictureset;

import java.io.IOException;

/** What a set's pictures are called in reports. */
@FunctionalInterface
interface PictureNames {
    /** @param picture its place in the index */
    String name(int picture) throws IOException;
}
