package io.catwalk.serving.protocol.tensor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.catwalk.serving.refusal.RefusedException;

/**
 * Reads one nested JSON array of numbers, token by token, straight into an array. Every array of one depth must have the same
 * length, and numbers must be at one depth only. Errors name the place, as {@code instances[3][0]}.
 */
public final class FloatTensorReader {
    private static final int MAX_DEPTH = 8;
    private static final int INITIAL_CAPACITY = 1_024;

    private final JsonParser parser;
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

    private FloatTensorReader(JsonParser parser, String name, ImageLimit limit) {
        this.parser = parser;
        this.name = name;
        this.limit = limit;
        this.values = new float[Math.min(INITIAL_CAPACITY, limit.maxValues())];
        Arrays.fill(lengths, -1);
    }

    /**
     * Reads the array whose start is the parser's current token, and leaves the parser at its end.
     *
     * @param name what it is called in errors
     * @param limit for the numbers in it
     * @throws RefusedException with {@code BAD_INPUT} for anything but a rectangular array of finite float32 numbers
     */
    public static FloatTensor read(JsonParser parser, String name, ImageLimit limit) throws IOException {
        return new FloatTensorReader(parser, name, limit).read();
    }

    /**
     * As {@link #read}, for an array whose first element is the current token already.
     *
     * @param depth the arrays that have started, 1 or more
     */
    public static FloatTensor readFromFirstElement(JsonParser parser, int depth, String name, ImageLimit limit)
            throws IOException {
        FloatTensorReader reader = new FloatTensorReader(parser, name, limit);
        for (int level = 0; level < depth; level++) {
            reader.startArray();
        }
        reader.accept(parser.currentToken());
        return reader.readToEnd();
    }

    private FloatTensor read() throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw refused("must be an array of numbers, not " + shown(parser.currentToken()));
        }
        startArray();
        return readToEnd();
    }

    private FloatTensor readToEnd() throws IOException {
        while (depth > 0) {
            accept(parser.nextToken());
        }
        return new FloatTensor(Arrays.copyOf(values, count), shape());
    }

    private void accept(JsonToken token) throws IOException {
        switch (token) {
            case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> number();
            case START_ARRAY -> startArray();
            case END_ARRAY -> endArray();
            default -> throw refused("must be a number or an array, not " + shown(token));
        }
    }

    private void startArray() {
        if (depth == MAX_DEPTH) {
            throw refused("is nested deeper than " + MAX_DEPTH + " arrays");
        }
        if (rank > 0 && depth == rank) {
            throw refused("must be a number, as the ones before, not an array");
        }
        position[depth++] = 0;
    }

    private void endArray() {
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

    private void number() throws IOException {
        if (rank == 0) {
            rank = depth;
        }
        if (depth != rank) {
            throw refused("must be an array, as the ones before, not a number");
        }
        float value = parser.getFloatValue();
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

    private void next() {
        if (depth > 0) {
            position[depth - 1]++;
        }
    }

    private List<Integer> shape() {
        List<Integer> shape = new ArrayList<>();
        for (int dimension = 0; dimension < rank; dimension++) {
            shape.add(lengths[dimension]);
        }
        return shape;
    }

    private RefusedException refused(String problem) {
        StringBuilder place = new StringBuilder(name);
        for (int level = 0; level < depth; level++) {
            place.append('[').append(position[level]).append(']');
        }
        return RefusedException.badInput(place + " " + problem);
    }

    private static String shown(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NULL -> "null";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT -> "the end";
        };
    }
}
