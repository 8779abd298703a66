package io.catwalk.pictureset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures of a set whose pixels are equal, as they are trained on.
 *
 * @param repeated pictures that equal an earlier one of their own split
 * @param validationInTrain pictures of validation that train has too: by them a model looks better than it is
 * @param testInTrain pictures of test that train has too
 * @param testInValidation pictures of test that validation has too
 * @param contradictory pictures that equal one of another class
 * @param examples the first pairs across splits and classes, then the first others
 */
public record Duplicates(
        int repeated,
        int validationInTrain,
        int testInTrain,
        int testInValidation,
        int contradictory,
        List<Pair> examples) {
    private static final int MOST_EXAMPLES = 20;

    public Duplicates {
        examples = List.copyOf(examples);
    }

    /**
     * A picture and the first one that it equals.
     *
     * @param picture where it lies
     * @param first where the other lies
     */
    public record Pair(String picture, Split split, String first, Split firstSplit, boolean sameClass) {}

    static Duplicates of(PictureIndex index, PictureNames names) throws IOException {
        return new Search(index).report(names);
    }

    /** Pictures by their group, which is known by its first one. */
    private static final class Search {
        private static final int CONTRADICTORY = 1 << 7;

        private final PictureIndex index;
        private final KeyTable firsts = new KeyTable();
        /** For the first of a group: the splits that have it, and whether its classes differ. */
        private final byte[] marks;

        private final List<int[]> telling = new ArrayList<>();
        private final List<int[]> plain = new ArrayList<>();
        private int repeated;

        Search(PictureIndex index) {
            this.index = index;
            this.marks = new byte[index.size()];
            for (int picture = 0; picture < index.size(); picture++) {
                mark(picture);
            }
        }

        private void mark(int picture) {
            int first = firsts.putIfAbsent(index.key(picture), picture).orElse(picture);
            if (first != picture) {
                boolean isSameSplit = split(picture) == split(first);
                boolean isSameClass = index.classNumber(picture) == index.classNumber(first);
                repeated += (marks[first] & bit(split(picture))) == 0 ? 0 : 1;
                marks[first] |= isSameClass ? 0 : (byte) CONTRADICTORY;
                List<int[]> pairs = isSameSplit && isSameClass ? plain : telling;
                if (pairs.size() < MOST_EXAMPLES) {
                    pairs.add(new int[] {picture, first});
                }
            }
            marks[first] |= bit(split(picture));
        }

        Duplicates report(PictureNames names) throws IOException {
            int[][] shared = new int[Split.values().length][Split.values().length];
            int contradictory = 0;
            for (int picture = 0; picture < index.size(); picture++) {
                byte mark = marks[firsts.find(index.key(picture)).orElseThrow()];
                for (Split other : Split.values()) {
                    shared[split(picture).ordinal()][other.ordinal()] += (mark & bit(other)) == 0 ? 0 : 1;
                }
                contradictory += (mark & CONTRADICTORY) == 0 ? 0 : 1;
            }
            return new Duplicates(
                    repeated,
                    shared[Split.VALIDATION.ordinal()][Split.TRAIN.ordinal()],
                    shared[Split.TEST.ordinal()][Split.TRAIN.ordinal()],
                    shared[Split.TEST.ordinal()][Split.VALIDATION.ordinal()],
                    contradictory,
                    examples(names));
        }

        private List<Pair> examples(PictureNames names) throws IOException {
            List<Pair> examples = new ArrayList<>();
            for (List<int[]> pairs : List.of(telling, plain)) {
                for (int[] pair : pairs) {
                    if (examples.size() < MOST_EXAMPLES) {
                        examples.add(new Pair(
                                names.name(pair[0]),
                                split(pair[0]),
                                names.name(pair[1]),
                                split(pair[1]),
                                index.classNumber(pair[0]) == index.classNumber(pair[1])));
                    }
                }
            }
            return examples;
        }

        private Split split(int picture) {
            return index.split(picture).orElseThrow();
        }

        private static byte bit(Split split) {
            return (byte) (1 << split.ordinal());
        }
    }
}
