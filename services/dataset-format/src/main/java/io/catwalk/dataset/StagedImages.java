package io.catwalk.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/** A part of an uncompressed IDX file's images: the labels in memory, the pixels read from the file when they are asked for. */
public final class StagedImages implements LabelledImages, Closeable {
    private final IdxHeader header;
    private final FileChannel images;
    private final byte[] labels;
    private final int from;
    private final int count;

    private StagedImages(IdxHeader header, FileChannel images, byte[] labels, int from, int count) {
        this.header = header;
        this.images = images;
        this.labels = labels;
        this.from = from;
        this.count = count;
    }

    /** The images from {@code from} to before {@code to}. */
    static StagedImages open(StagedFile images, StagedFile labels, int from, int to) throws IOException {
        byte[] classes = labels.load().body();
        return new StagedImages(images.header(), FileChannel.open(images.path()), classes, from, to - from);
    }

    @Override
    public ImageDimensions shape() {
        return header.imageShape();
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int label(int image) {
        return labels[from + Objects.checkIndex(image, count)] & 0xff;
    }

    /** @throws UncheckedIOException when the file can't be read */
    @Override
    public void copyPixels(int image, byte[] target, int targetOffset) {
        long place = from + (long) Objects.checkIndex(image, count);
        ByteBuffer pixels = ByteBuffer.wrap(target, targetOffset, header.itemBytes());
        long at = header.headerBytes() + place * header.itemBytes();
        try {
            for (int read = 0; pixels.hasRemaining(); at += read) {
                read = images.read(pixels, at);
                if (read < 0) {
                    throw new IOException("the file of images ends within image " + place);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        images.close();
    }
}
