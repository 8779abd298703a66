package io.catwalk.objectstore;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.IntConsumer;

/** A stream that tells how many bytes were read, at each reading. */
final class CountedInput extends FilterInputStream {
    private final IntConsumer advanced;

    CountedInput(InputStream source, IntConsumer advanced) {
        super(source);
        this.advanced = advanced;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, length);
        if (read > 0) {
            advanced.accept(read);
        }
        return read;
    }
}
