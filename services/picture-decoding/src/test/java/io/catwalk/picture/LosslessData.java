package io.catwalk.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Lossless WebP data that no encoder writes, bit by bit. Source: RFC 9649, 3. */
final class LosslessData {
    private final byte[] data = new byte[1 << 20];
    private int bits;

    LosslessData(int width, int height) {
        add(0x2f, 8);
        add(width - 1, 14);
        add(height - 1, 14);
        add(0, 4);
    }

    void transform(int type) {
        add(1, 1);
        add(type, 2);
    }

    /** As many groups of prefix codes as its last block's colour names, each code of one symbol, which takes four bits. */
    void manyCodes(int groups) {
        // No more transforms, no colour cache, groups by blocks of 512 pixels a side, whose image has no cache.
        add(0, 1);
        add(0, 1);
        add(1, 1);
        add(7, 3);
        add(0, 1);
        int last = groups - 1;
        for (int symbol : new int[] {last & 0xff, last >> 8, 0, 0, 0}) {
            add(1, 1);
            add(0, 1);
            add(1, 1);
            add(symbol, 8);
        }
        for (int code = 0; code < groups * 5; code++) {
            add(1, 4);
        }
    }

    byte[] webp() {
        int length = Math.max(bits / 8 + 1, 32);
        int padded = length + length % 2;
        ByteBuffer webp = ByteBuffer.allocate(20 + padded).order(ByteOrder.LITTLE_ENDIAN);
        webp.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(12 + padded);
        webp.put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII)).putInt(length);
        return webp.put(data, 0, length).array();
    }

    private void add(int value, int count) {
        for (int bit = 0; bit < count; bit++, bits++) {
            data[bits / 8] |= (byte) ((value >> bit & 1) << bits % 8);
        }
    }
}
