package io.catwalk.pictureset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
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
     * @param index its place in its split
     * @param label its class's number
     * @param first where the other lies
     */
    public record Pair(
            String picture,
            Split split,
            int index,
            int label,
            String first,
            Split firstSplit,
            int firstIndex,
            int firstLabel,
            boolean sameClass) {}

    static Duplicates of(PictureIndex index, PictureNames names, PicturePlaces places) throws IOException {
        return new Search(index).report(names, places);
    }

    /** Pictures by their group, which is known by its first one. They are gone through by parts of their keys, so that a table holds few. */
    private static final class Search {
        private static final int CONTRADICTORY = 1 << 7;
        /** Of a part, about; they take 21 MB of heap. */
        private static final int PART = 1 << 19;

        private final PictureIndex index;
        /** For the first of a group: the splits that have it, and whether its classes differ. */
        private final byte[] marks;

        private final List<Equal> telling = new ArrayList<>();
        private final List<Equal> plain = new ArrayList<>();
        private final int[][] shared = new int[Split.values().length][Split.values().length];
        private int repeated;
        private int contradictory;

        Search(PictureIndex index) {
            this.index = index;
            this.marks = new byte[index.size()];
            int parts = 1 + index.size() / PART;
            for (int part = 0; part < parts; part++) {
                search(part, parts);
            }
        }

        /** Equal pictures are always in one part. */
        private void search(int part, int parts) {
            KeyTable firsts = new KeyTable();
            List<Equal> partTelling = new ArrayList<>();
            List<Equal> partPlain = new ArrayList<>();
            inPart(part, parts, (picture, key) -> {
                int first = firsts.putIfAbsent(key, picture).orElse(picture);
                if (first != picture) {
                    boolean isPlain = mark(picture, first);
                    List<Equal> pairs = isPlain ? partPlain : partTelling;
                    if (pairs.size() < MOST_EXAMPLES) {
                        pairs.add(new Equal(picture, first));
                    }
                }
                marks[first] |= bit(split(picture));
            });
            inPart(
                    part,
                    parts,
                    (picture, key) -> count(picture, firsts.find(key).orElseThrow()));
            keepFirst(telling, partTelling);
            keepFirst(plain, partPlain);
        }

        private void inPart(int part, int parts, PictureVisitor visitor) {
            for (int picture = 0; picture < index.size(); picture++) {
                Key key = index.key(picture);
                if (Long.remainderUnsigned(key.high(), parts) == part) {
                    visitor.visit(picture, key);
                }
            }
        }

        /** @return whether they agree in split and class */
        private boolean mark(int picture, int first) {
            boolean isSameClass = index.classNumber(picture) == index.classNumber(first);
            repeated += (marks[first] & bit(split(picture))) == 0 ? 0 : 1;
            marks[first] |= isSameClass ? 0 : (byte) CONTRADICTORY;
            return isSameClass && split(picture) == split(first);
        }

        private void count(int picture, int first) {
            for (Split other : Split.values()) {
                shared[split(picture).ordinal()][other.ordinal()] += (marks[first] & bit(other)) == 0 ? 0 : 1;
            }
            contradictory += (marks[first] & CONTRADICTORY) == 0 ? 0 : 1;
        }

        private static void keepFirst(List<Equal> kept, List<Equal> more) {
            kept.addAll(more);
            kept.sort(Comparator.comparingInt(Equal::picture));
            kept.subList(Math.min(kept.size(), MOST_EXAMPLES), kept.size()).clear();
        }

        Duplicates report(PictureNames names, PicturePlaces places) throws IOException {
            return new Duplicates(
                    repeated,
                    shared[Split.VALIDATION.ordinal()][Split.TRAIN.ordinal()],
                    shared[Split.TEST.ordinal()][Split.TRAIN.ordinal()],
                    shared[Split.TEST.ordinal()][Split.VALIDATION.ordinal()],
                    contradictory,
                    examples(names, places));
        }

        private List<Pair> examples(PictureNames names, PicturePlaces places) throws IOException {
            List<Pair> examples = new ArrayList<>();
            for (List<Equal> pairs : List.of(telling, plain)) {
                for (Equal pair : pairs) {
                    if (examples.size() < MOST_EXAMPLES) {
                        examples.add(new Pair(
                                names.name(pair.picture),
                                split(pair.picture),
                                places.place(pair.picture),
                                index.classNumber(pair.picture),
                                names.name(pair.first),
                                split(pair.first),
                                places.place(pair.first),
                                index.classNumber(pair.first),
                                index.classNumber(pair.picture) == index.classNumber(pair.first)));
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

    /** A picture and the first one that it equals, by their places. */
    private record Equal(int picture, int first) {}

    /** Is shown pictures with their keys. */
    @FunctionalInterface
    private interface PictureVisitor {
        void visit(int picture, Key key);
    }
}
