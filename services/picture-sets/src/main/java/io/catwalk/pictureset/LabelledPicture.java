package io.catwalk.pictureset;

/**
 * A picture of a set, not yet decoded.
 *
 * @param name where it lies in its archive
 * @param content of its file
 */
record LabelledPicture(String name, Label label, byte[] content) {}
