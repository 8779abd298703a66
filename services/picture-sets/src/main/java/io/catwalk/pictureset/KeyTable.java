package io.catwalk.pictureset;

import java.util.Arrays;
import java.util.OptionalInt;

/** Numbers from 0 on by their keys, in 27 to 53 bytes of heap each. An open-addressed table with linear probing. */
final class KeyTable {
    private static final int FREE = -1;

    private long[] high = new long[16];
    private long[] low = new long[16];
    private int[] values = freeValues(16);
    private int size;

    int size() {
        return size;
    }

    /** @return the number that the key had before, which it keeps */
    OptionalInt putIfAbsent(Key key, int value) {
        if (size * 4L >= values.length * 3L) {
            grow();
        }
        int slot = slot(key);
        if (values[slot] != FREE) {
            return OptionalInt.of(values[slot]);
        }
        set(slot, key, value);
        size++;
        return OptionalInt.empty();
    }

    OptionalInt find(Key key) {
        int slot = slot(key);
        return values[slot] == FREE ? OptionalInt.empty() : OptionalInt.of(values[slot]);
    }

    private void set(int slot, Key key, int value) {
        high[slot] = key.high();
        low[slot] = key.low();
        values[slot] = value;
    }

    /** Where the key is, or a free one for it. */
    private int slot(Key key) {
        int mask = values.length - 1;
        int slot = (int) key.low() & mask;
        while (values[slot] != FREE && (high[slot] != key.high() || low[slot] != key.low())) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldHigh = high;
        long[] oldLow = low;
        int[] oldValues = values;
        int capacity = Math.multiplyExact(oldValues.length, 2);
        high = new long[capacity];
        low = new long[capacity];
        values = freeValues(capacity);
        for (int old = 0; old < oldValues.length; old++) {
            if (oldValues[old] != FREE) {
                Key key = new Key(oldHigh[old], oldLow[old]);
                set(slot(key), key, oldValues[old]);
            }
        }
    }

    private static int[] freeValues(int capacity) {
        int[] values = new int[capacity];
        Arrays.fill(values, FREE);
        return values;
    }
}
