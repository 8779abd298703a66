package io.catwalk.pictureset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The first 128 bits of a SHA-256: what stands for a path or an image where memory for all of them has to be small. */
record Key(long high, long low) implements Comparable<Key> {
    static Key of(byte[]... parts) {
        MessageDigest digest = sha256();
        for (byte[] part : parts) {
            digest.update(part);
        }
        ByteBuffer bits = ByteBuffer.wrap(digest.digest());
        return new Key(bits.getLong(), bits.getLong());
    }

    static Key of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Any order, but always the same. */
    @Override
    public int compareTo(Key other) {
        int byHigh = Long.compare(high, other.high);
        return byHigh == 0 ? Long.compare(low, other.low) : byHigh;
    }
}
