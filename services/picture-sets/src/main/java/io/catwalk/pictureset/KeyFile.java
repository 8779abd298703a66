package io.catwalk.pictureset;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Many keys, on the disk, 16 bytes each; mapped once all are written, so that they take no heap. */
final class KeyFile implements Closeable {
    private static final int KEY_BYTES = 2 * Long.BYTES;
    /** The keys of a buffer, 1 GiB. */
    private static final int PART = 1 << 26;

    private final Path path;
    private final DataOutputStream out;
    private final List<LongBuffer> parts = new ArrayList<>();

    /** Creates its file in a folder. */
    KeyFile(Path folder) throws IOException {
        this.path = folder.resolve("keys");
        this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(path), 1 << 16));
    }

    void add(Key key) throws IOException {
        out.writeLong(key.high());
        out.writeLong(key.low());
    }

    /**
     * After {@link #close}.
     *
     * @param number of keys that were added before it
     */
    Key key(int number) {
        LongBuffer part = parts.get(number / PART);
        int at = number % PART * 2;
        return new Key(part.get(at), part.get(at + 1));
    }

    /** Ends the writing. The mapping lasts until it is collected. */
    @Override
    public void close() throws IOException {
        out.close();
        if (!parts.isEmpty()) {
            return;
        }
        try (FileChannel file = FileChannel.open(path)) {
            long partBytes = (long) PART * KEY_BYTES;
            for (long from = 0; from < file.size(); from += partBytes) {
                parts.add(file.map(MapMode.READ_ONLY, from, Math.min(partBytes, file.size() - from))
                        .asLongBuffer());
            }
        }
    }
}
