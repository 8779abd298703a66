package io.catwalk.pictureset;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The names of many pictures, on the disk: only the few that a report shows are read again. */
final class NameFile implements PictureNames, Closeable {
    private final Path names;
    private final Path offsets;
    private final DataOutputStream namesOut;
    private final DataOutputStream offsetsOut;
    private long length;

    /** Creates its files in a folder. */
    NameFile(Path folder) throws IOException {
        this.names = folder.resolve("names");
        this.offsets = folder.resolve("name-offsets");
        this.namesOut = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(names)));
        this.offsetsOut = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(offsets)));
    }

    void add(String name) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        offsetsOut.writeLong(length);
        namesOut.writeInt(bytes.length);
        namesOut.write(bytes);
        length += Integer.BYTES + bytes.length;
    }

    /** After {@link #close}. */
    @Override
    public String name(int picture) throws IOException {
        try (RandomAccessFile at = new RandomAccessFile(offsets.toFile(), "r");
                RandomAccessFile all = new RandomAccessFile(names.toFile(), "r")) {
            at.seek((long) picture * Long.BYTES);
            all.seek(at.readLong());
            byte[] bytes = new byte[all.readInt()];
            all.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        try (namesOut;
                offsetsOut) {
            namesOut.flush();
            offsetsOut.flush();
        }
    }
}
