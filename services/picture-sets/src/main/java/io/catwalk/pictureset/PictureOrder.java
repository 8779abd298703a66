package io.catwalk.pictureset;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The order of a set's pictures in its dataset: by {@link SplitRank}, and where pixels are equal by class. So classes are mixed, and
 * the same pictures and seed give the same files from whichever archive.
 */
final class PictureOrder implements PicturePlaces {
    private final PictureIndex index;
    private final Comparator<Integer> byRank;
    private final Map<Split, int[]> decided = new EnumMap<>(Split.class);

    PictureOrder(PictureIndex index, long seed) {
        SplitRank rank = SplitRank.of(seed);
        this.index = index;
        this.byRank = Comparator.<Integer>comparingLong(picture -> rank.rank(index.key(picture)))
                .thenComparingLong(picture -> index.key(picture).low())
                .thenComparingInt(index::classNumber);
    }

    @Override
    public int place(int picture) {
        int[] order = of(index.split(picture).orElseThrow());
        return IntStream.range(0, order.length)
                .filter(place -> order[place] == picture)
                .findFirst()
                .orElseThrow();
    }

    /** The places of a split's pictures in the archive. */
    int[] of(Split split) {
        return decided.computeIfAbsent(split, this::decide);
    }

    private int[] decide(Split split) {
        return IntStream.range(0, index.size())
                .filter(picture -> index.split(picture).orElseThrow() == split)
                .boxed()
                .sorted(byRank)
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
