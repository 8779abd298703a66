package io.catwalk.serving.protocol.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.catwalk.serving.refusal.RefusedException;

/**
 * Takes the arrays and numbers of one nested array, in their order. Every array of one depth must have the same length, and
 * numbers must be at one depth only. Errors name the place, as {@code instances[3][0]}.
 */
final class FloatTensorBuilder {
    private static final int MAX_DEPTH = 8;
    private static final int INITIAL_CAPACITY = 1_024;

    private final String name;
    private final ImageLimit limit;

    private final int[] position = new int[MAX_DEPTH];
    /** The length of the arrays at each depth; -1 until the first of them has ended. */
    private final int[] lengths = new int[MAX_DEPTH];

    private float[] values;
    private int count;
    private int depth;
    /** The depth of the arrays that hold numbers; 0 until the first number. */
    private int rank;

    /**
     * @param name what the array is called in errors
     * @param limit for the numbers in it
     */
    FloatTensorBuilder(String name, ImageLimit limit) {
        this.name = name;
        this.limit = limit;
        this.values = new float[Math.min(INITIAL_CAPACITY, limit.maxValues())];
        Arrays.fill(lengths, -1);
    }

    /** The arrays that have started and not ended. */
    int depth() {
        return depth;
    }

    /** @throws RefusedException with {@code BAD_INPUT} if there must be a number, or it is nested too deeply */
    void startArray() {
        if (depth == MAX_DEPTH) {
            throw refused("is nested deeper than " + MAX_DEPTH + " arrays");
        }
        if (rank > 0 && depth == rank) {
            throw refused("must be a number, as the ones before, not an array");
        }
        position[depth++] = 0;
    }

    /** @throws RefusedException with {@code BAD_INPUT} if its length isn't that of the ones before, or 0 */
    void endArray() {
        int length = position[depth - 1];
        int expected = lengths[depth - 1];
        if (length == 0) {
            depth--;
            throw refused("must not be empty");
        }
        if (expected >= 0 && length != expected) {
            depth--;
            throw refused("has length " + length + ", the arrays before it have length " + expected);
        }
        lengths[--depth] = length;
        next();
    }

    /** @throws RefusedException with {@code BAD_INPUT} if there must be an array, it isn't finite, or it is one too many */
    void number(float value) {
        if (rank == 0) {
            rank = depth;
        }
        if (depth != rank) {
            throw refused("must be an array, as the ones before, not a number");
        }
        if (!Float.isFinite(value)) {
            throw refused("must be finite in float32");
        }
        if (count == limit.maxValues()) {
            throw limit.exceeded(name);
        }
        if (count == values.length) {
            values = Arrays.copyOf(values, (int) Math.min(limit.maxValues(), 2L * count));
        }
        values[count++] = value;
        next();
    }

    /** The whole array, which has ended. */
    FloatTensor build() {
        List<Integer> shape = new ArrayList<>();
        for (int dimension = 0; dimension < rank; dimension++) {
            shape.add(lengths[dimension]);
        }
        return new FloatTensor(count == values.length ? values : Arrays.copyOf(values, count), shape);
    }

    /** The refusal of what comes next. */
    RefusedException refused(String problem) {
        StringBuilder place = new StringBuilder(name);
        for (int level = 0; level < depth; level++) {
            place.append('[').append(position[level]).append(']');
        }
        return RefusedException.badInput(place + " " + problem);
    }

    /** What it has taken so far, to go back to. */
    Mark mark() {
        return new Mark(position.clone(), lengths.clone(), count, depth, rank);
    }

    /** Forgets what it has taken since. */
    void reset(Mark mark) {
        System.arraycopy(mark.position, 0, position, 0, MAX_DEPTH);
        System.arraycopy(mark.lengths, 0, lengths, 0, MAX_DEPTH);
        count = mark.count;
        depth = mark.depth;
        rank = mark.rank;
    }

    private void next() {
        if (depth > 0) {
            position[depth - 1]++;
        }
    }

    /** How far a builder was. */
    static final class Mark {
        private final int[] position;
        private final int[] lengths;
        private final int count;
        private final int depth;
        private final int rank;

        private Mark(int[] position, int[] lengths, int count, int depth, int rank) {
            this.position = position;
            this.lengths = lengths;
            this.count = count;
            this.depth = depth;
            this.rank = rank;
        }
    }
}
