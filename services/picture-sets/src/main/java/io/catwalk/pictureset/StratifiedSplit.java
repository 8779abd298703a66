package io.catwalk.pictureset;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.IntStream;

import io.catwalk.dataset.BadDatasetException;

/**
 * Decides by a seed who is in the splits that a set doesn't have itself, class by class. What lies in no split, or in a given training
 * split, is ranked by seed and pixels: the first are the test split, the next validation, the others train. So the order
 * of an archive and the names in it decide nothing, and equal pictures of a class always are in one split.
 *
 * <p>A class gives each split its share, rounded half up, or less where equal pictures would be parted or none were left to train on.
 */
final class StratifiedSplit {
    private final PictureIndex index;
    private final SplitShares shares;
    private final SplitRank rank;
    private final Set<Split> missing;

    private StratifiedSplit(PictureIndex index, SplitShares shares, long seed) {
        this.index = index;
        this.shares = shares;
        this.rank = SplitRank.of(seed);
        this.missing = missing(index);
    }

    /**
     * Gives each picture its split.
     *
     * @param classes how many there are
     * @throws BadDatasetException when only some pictures have a split given, or a split stays empty
     */
    static void decide(PictureIndex index, int classes, SplitShares shares, long seed) {
        StratifiedSplit split = new StratifiedSplit(index, shares, seed);
        for (int number = 0; number < classes; number++) {
            split.decide(number);
        }
        for (Split part : Split.values()) {
            if (IntStream.range(0, index.size())
                    .noneMatch(picture -> index.split(picture).orElseThrow() == part)) {
                throw new BadDatasetException(
                        "no picture is in the split " + part + ": the set is too small for its shares");
            }
        }
    }

    private static Set<Split> missing(PictureIndex index) {
        Set<Split> missing = EnumSet.allOf(Split.class);
        int without = 0;
        for (int picture = 0; picture < index.size(); picture++) {
            without += index.split(picture).isEmpty() ? 1 : 0;
            index.split(picture).ifPresent(missing::remove);
        }
        if (without > 0 && without < index.size()) {
            throw new BadDatasetException("a split must be given for all pictures or for none, but " + without + " of "
                    + index.size() + " have none");
        }
        return missing;
    }

    private void decide(int number) {
        long[] ranks = IntStream.range(0, index.size())
                .filter(picture -> isOpen(picture, number))
                .mapToLong(this::rank)
                .sorted()
                .toArray();
        int test = end(ranks, 0, quota(ranks.length, Split.TEST, shares.test()));
        int validation = end(ranks, test, quota(ranks.length, Split.VALIDATION, shares.validation()));
        for (int picture = 0; picture < index.size(); picture++) {
            if (isOpen(picture, number)) {
                // Where its rank begins: equal pictures are never parted.
                int place = Arrays.binarySearch(ranks, rank(picture));
                index.decide(picture, place < test ? Split.TEST : place < validation ? Split.VALIDATION : Split.TRAIN);
            }
        }
    }

    private boolean isOpen(int picture, int number) {
        return index.classNumber(picture) == number
                && index.split(picture).filter(split -> split != Split.TRAIN).isEmpty();
    }

    private int quota(int pictures, Split split, double share) {
        return missing.contains(split) ? Math.toIntExact(Math.round(pictures * share)) : 0;
    }

    /** Where a split of at most so many ends that begins at a place: never between equal ranks, and before the last one. */
    private static int end(long[] ranks, int begin, int quota) {
        int end = Math.min(begin + quota, ranks.length - 1);
        while (end > begin && ranks[end - 1] == ranks[end]) {
            end--;
        }
        return Math.max(end, begin);
    }

    private long rank(int picture) {
        return rank.rank(index.key(picture));
    }
}
