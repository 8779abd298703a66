package io.catwalk.pictureset;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The order of a set's pictures in its dataset: by {@link SplitRank}, and where pixels are equal by class. So classes are mixed, and
 * the same pictures and seed give the same files from whichever archive.
 */
final class PictureOrder {
    private final PictureIndex index;
    private final Comparator<Integer> byRank;

    PictureOrder(PictureIndex index, long seed) {
        SplitRank rank = SplitRank.of(seed);
        this.index = index;
        this.byRank = Comparator.<Integer>comparingLong(picture -> rank.rank(index.key(picture)))
                .thenComparingLong(picture -> index.key(picture).low())
                .thenComparingInt(index::classNumber);
    }

    /** The places of a split's pictures in the archive. */
    int[] of(Split split) {
        return IntStream.range(0, index.size())
                .filter(picture -> index.split(picture).orElseThrow() == split)
                .boxed()
                .sorted(byRank)
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
