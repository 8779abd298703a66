package io.catwalk.pictureset;

/**
 * Ranks pictures by a seed and their pixels alone: neither the order of an archive nor the names in it decide anything.
 *
 * @param mixedSeed as {@link #of} makes it
 */
record SplitRank(long mixedSeed) {
    static SplitRank of(long seed) {
        return new SplitRank(mix(seed));
    }

    /** Equal for equal pixels. */
    long rank(Key pixels) {
        return mix(pixels.high() ^ mixedSeed);
    }

    /** MurmurHash3's finalizer with Stafford's constants, variant 13, as SplitMix64 has it: a bijection. */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
