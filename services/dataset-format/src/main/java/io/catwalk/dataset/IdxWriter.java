package io.catwalk.dataset;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** Writes plain IDX files; wrap the stream into a {@link GZIPOutputStream} for compressed ones. It isn't closed. */
public final class IdxWriter {
    private IdxWriter() {}

    /** Writes {@code idx3-ubyte} for grey images, else {@code idx4-ubyte} with the channels last. */
    public static void writeImages(ImageSet images, OutputStream out) throws IOException {
        out.write(IdxHeader.ofImages(images.count(), images.shape()).encoded());
        images.writePixels(out);
    }

    /** Writes {@code idx1-ubyte}. */
    public static void writeLabels(ImageSet images, OutputStream out) throws IOException {
        out.write(IdxHeader.ofLabels(images.count()).encoded());
        images.writeLabels(out);
    }
}
