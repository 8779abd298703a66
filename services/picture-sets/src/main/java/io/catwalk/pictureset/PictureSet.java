package io.catwalk.pictureset;

import java.nio.file.Path;
import java.util.List;

import io.catwalk.dataset.ImageDimensions;

/** A set of pictures, decoded: its pixels on the disk, and in memory the same few bytes for each picture. */
public final class PictureSet {
    private final ImageDimensions image;
    private final Path pixels;
    private final List<String> classNames;
    private final PictureIndex index;
    private final SetReport report;

    PictureSet(ImageDimensions image, Path pixels, List<String> classNames, PictureIndex index, SetReport report) {
        this.image = image;
        this.pixels = pixels;
        this.classNames = List.copyOf(classNames);
        this.index = index;
        this.report = report;
    }

    /** The shape of each. */
    public ImageDimensions image() {
        return image;
    }

    /** The file of all pixels, uint8 in NHWC order (picture, row, column, channel), in the order of the archive. */
    public Path pixels() {
        return pixels;
    }

    /** In the order of their numbers. */
    public List<String> classNames() {
        return classNames;
    }

    public int count() {
        return index.size();
    }

    /** @param picture its place in the file */
    public int classNumber(int picture) {
        return index.classNumber(picture);
    }

    /** @param picture its place in the file */
    public Split split(int picture) {
        return index.split(picture).orElseThrow();
    }

    public SetReport report() {
        return report;
    }
}
