package io.catwalk.serving.protocol.tensor;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.catwalk.serving.refusal.RefusedException;

/** Reads one nested JSON array of numbers straight into an array: from the bytes where it can, else token by token. */
public final class FloatTensorReader {
    private final JsonParser parser;
    private final FloatTensorBuilder builder;

    private FloatTensorReader(JsonParser parser, String name, ImageLimit limit) {
        this.parser = parser;
        this.builder = new FloatTensorBuilder(name, limit);
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
            reader.builder.startArray();
        }
        reader.accept(parser.currentToken());
        return reader.readToEnd();
    }

    private FloatTensor read() throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw builder.refused("must be an array of numbers, not " + shown(parser.currentToken()));
        }
        builder.startArray();
        return readToEnd();
    }

    private FloatTensor readToEnd() throws IOException {
        boolean scans = true;
        while (builder.depth() > 0) {
            if (scans) {
                scanArray();
            }
            JsonToken token = parser.nextToken();
            accept(token);
            scans = token == JsonToken.START_ARRAY;
        }
        return builder.build();
    }

    /** Moves the parser to the end of its array if all in between can be read from the bytes. */
    private void scanArray() {
        if (parser instanceof SeekableParser bytes) {
            int closing = new NumberScanner(bytes.json(), bytes.end(), builder)
                    .scan(bytes.position(), parser.currentToken() != JsonToken.START_ARRAY);
            if (closing >= 0) {
                bytes.moveTo(closing);
            }
        }
    }

    private void accept(JsonToken token) throws IOException {
        switch (token) {
            case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> builder.number(parser.getFloatValue());
            case START_ARRAY -> builder.startArray();
            case END_ARRAY -> builder.endArray();
            default -> throw builder.refused("must be a number or an array, not " + shown(token));
        }
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
