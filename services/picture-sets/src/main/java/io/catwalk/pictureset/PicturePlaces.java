package io.catwalk.pictureset;

/** Where the pictures of a set lie in its dataset. */
@FunctionalInterface
interface PicturePlaces {
    /**
     * @param picture its place in the set
     * @return its place in its split
     */
    int place(int picture);
}
