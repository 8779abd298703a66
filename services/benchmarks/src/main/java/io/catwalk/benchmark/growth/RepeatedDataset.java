package io.catwalk.benchmark.growth;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.catwalk.dataset.IdxHeader;
import io.catwalk.local.dataset.FashionMnistFile;
import org.apache.commons.io.FileUtils;

/** Fashion-MNIST many times, as the four IDX files that a source has: the pixels of each repeat are moved on by one more, so that no image equals another. */
final class RepeatedDataset implements AutoCloseable {
    /** From 784 repeats on images would be equal. */
    static final int MOST = 500;

    private static final int TRAINING = 60_000;
    private static final int TEST = 10_000;
    private static final int SIDE = 28;

    private final Path folder;
    private final int repeats;

    private RepeatedDataset(Path folder, int repeats) {
        this.folder = folder;
        this.repeats = repeats;
    }

    /**
     * Writes the files, in constant memory.
     *
     * @param fashionMnist the folder of its four files
     * @param folder gets the files, and is deleted with them
     */
    static RepeatedDataset write(Path fashionMnist, Path folder, int repeats) {
        try {
            Files.createDirectories(folder);
            for (FashionMnistFile file : FashionMnistFile.values()) {
                try (InputStream in = file.open(fashionMnist);
                        OutputStream out =
                                new BufferedOutputStream(Files.newOutputStream(folder.resolve(file.plainName())))) {
                    write(in, out, repeats);
                }
            }
            return new RepeatedDataset(folder, repeats);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write the data set below " + folder, e);
        }
    }

    private static void write(InputStream in, OutputStream out, int repeats) throws IOException {
        byte[] content = in.readAllBytes();
        ByteBuffer header = ByteBuffer.wrap(content);
        int rank = header.getInt() & 0xff;
        List<Integer> dimensions = new ArrayList<>();
        for (int dimension = 0; dimension < rank; dimension++) {
            dimensions.add(header.getInt());
        }
        int count = dimensions.getFirst();
        dimensions.set(0, Math.multiplyExact(count, repeats));
        out.write(new IdxHeader(dimensions).encoded());
        int bytes = header.remaining() / count;
        for (int repeat = 0; repeat < repeats; repeat++) {
            int moved = repeat % bytes;
            for (int at = header.position(); at < content.length; at += bytes) {
                out.write(content, at + bytes - moved, moved);
                out.write(content, at, bytes - moved);
            }
        }
    }

    Path folder() {
        return folder;
    }

    int images() {
        return repeats * (TRAINING + TEST);
    }

    /** Of its pixels. */
    long bytes() {
        return (long) images() * SIDE * SIDE;
    }

    @Override
    public void close() {
        try {
            FileUtils.deleteDirectory(folder.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
