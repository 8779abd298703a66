package io.catwalk.network.initializer;

import java.nio.charset.StandardCharsets;

/**
 * SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014) by position: number
 * {@code i} of a stream is a pure function of the stream's key and {@code i}, so streams don't depend on each other, on
 * order or on threads.
 */
public final class SplitMix64 {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    private SplitMix64() {}

    /** A stream's key: the seed mixed with the FNV-1a hash of the stream's name. */
    public static long key(long seed, String name) {
        long hash = FNV_OFFSET;
        for (byte letter : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (letter & 0xFF)) * FNV_PRIME;
        }
        return mix(mix(seed + GOLDEN_GAMMA) ^ hash);
    }

    /** Number {@code index} of a stream, from 0: 64 random bits. */
    public static long bits(long key, long index) {
        return mix(key + (index + 1) * GOLDEN_GAMMA);
    }

    /** Number {@code index} of a stream as a multiple of 2^-24 within {@code [0, 1)}. */
    public static float unit(long key, long index) {
        return (bits(key, index) >>> 40) * 0x1p-24f;
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
