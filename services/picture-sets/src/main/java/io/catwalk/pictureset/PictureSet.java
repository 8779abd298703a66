package io.catwalk.pictureset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

import io.catwalk.dataset.BadDatasetException;
import io.catwalk.dataset.DatasetWriter;
import io.catwalk.dataset.ImageDimensions;
import io.catwalk.dataset.PictureOrigin;
import io.catwalk.dataset.StagedDataset;

/** A set of pictures, decoded: its pixels on the disk, and in memory the same few bytes for each picture. */
public final class PictureSet {
    private final ImageDimensions image;
    private final Path pixels;
    private final List<String> classNames;
    private final PictureIndex index;
    private final PictureOrder order;
    private final SetReport report;

    PictureSet(
            ImageDimensions image,
            Path pixels,
            List<String> classNames,
            PictureIndex index,
            PictureOrder order,
            SetReport report) {
        this.image = image;
        this.pixels = pixels;
        this.classNames = List.copyOf(classNames);
        this.index = index;
        this.order = order;
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

    /**
     * Writes the set's dataset: each split in the order that seed and pixels decide.
     *
     * @param folder gets the four files
     * @param origin with the seed that the set was read with
     * @throws BadDatasetException when a file would be larger than one may be, or the classes' names aren't a dataset's
     */
    public StagedDataset stage(Path folder, PictureOrigin origin) throws IOException {
        int[] validation = order.of(Split.VALIDATION);
        int[] train = order.of(Split.TRAIN);
        int[] test = order.of(Split.TEST);
        try (FileChannel source = FileChannel.open(pixels);
                DatasetWriter writer = new DatasetWriter(folder, image, validation.length, train.length, test.length)) {
            for (int[] split : List.of(validation, train, test)) {
                copy(split, source, writer);
            }
            return writer.finish(classNames, origin);
        }
    }

    private void copy(int[] pictures, FileChannel source, DatasetWriter writer) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(image.bytes());
        for (int picture : pictures) {
            buffer.clear();
            for (long at = (long) picture * image.bytes(); buffer.hasRemaining(); ) {
                int read = source.read(buffer, at);
                if (read < 0) {
                    throw new IOException(pixels + " ends within picture " + picture);
                }
                at += read;
            }
            writer.add(buffer.array(), classNumber(picture));
        }
    }

    public SetReport report() {
        return report;
    }
}
