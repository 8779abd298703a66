package io.catwalk.history.spill;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Values in a fixed number of temporary files, so that all of one file, and no more, has to fit into memory: the caller puts
 * what belongs together into one. Safe for several threads.
 */
public final class Spill<T> implements AutoCloseable {
    private final Path folder;
    private final Codec<T> codec;
    private final List<DataOutputStream> files = new ArrayList<>();
    private final long[] counts;

    public Spill(int buckets, Codec<T> codec) {
        this.codec = codec;
        this.counts = new long[buckets];
        try {
            this.folder = Files.createTempDirectory("history-check");
            for (int bucket = 0; bucket < buckets; bucket++) {
                files.add(new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file(bucket)))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't write temporary files", e);
        }
    }

    public int buckets() {
        return counts.length;
    }

    /** The bucket of a key, the same each time. */
    public int bucketOf(String key) {
        return Math.floorMod(key.hashCode(), counts.length);
    }

    public synchronized void add(int bucket, T value) {
        try {
            codec.write(value, files.get(bucket));
            counts[bucket]++;
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file(bucket), e);
        }
    }

    /** All values of a bucket, in the order in which they were added. */
    public synchronized List<T> read(int bucket) {
        try {
            files.get(bucket).flush();
            List<T> values = new ArrayList<>();
            try (DataInputStream in =
                    new DataInputStream(new BufferedInputStream(Files.newInputStream(file(bucket))))) {
                for (long value = 0; value < counts[bucket]; value++) {
                    values.add(codec.read(in));
                }
            }
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file(bucket), e);
        }
    }

    /** Deletes the files. */
    @Override
    public void close() {
        try {
            for (int bucket = 0; bucket < counts.length; bucket++) {
                files.get(bucket).close();
                Files.deleteIfExists(file(bucket));
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("can't delete " + folder, e);
        }
    }

    private Path file(int bucket) {
        return folder.resolve(Integer.toString(bucket));
    }

    /** How a value is written. */
    public interface Codec<T> {
        void write(T value, DataOutput out) throws IOException;

        T read(DataInput in) throws IOException;
    }
}
