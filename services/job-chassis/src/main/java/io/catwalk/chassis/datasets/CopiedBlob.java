package io.catwalk.chassis.datasets;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import io.catwalk.objectstore.StoreUnavailableException;

/** A blob's bytes on their way: says how far they are, and whose fault it is when they break off. */
final class CopiedBlob extends FilterInputStream {
    private static final int ADVANCE = 1 << 20;

    private final String digest;
    private final Runnable advanced;
    private int unsaid;

    /** @param advanced called after each MiB */
    CopiedBlob(String digest, InputStream in, Runnable advanced) {
        super(in);
        this.digest = digest;
        this.advanced = advanced;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** @throws StoreUnavailableException when it breaks off */
    @Override
    public int read(byte[] target, int offset, int length) {
        try {
            int read = in.read(target, offset, length);
            unsaid += Math.max(read, 0);
            if (unsaid >= ADVANCE) {
                unsaid = 0;
                advanced.run();
            }
            return read;
        } catch (IOException e) {
            throw new StoreUnavailableException("reading blob " + digest + " broke off", e);
        }
    }
}
