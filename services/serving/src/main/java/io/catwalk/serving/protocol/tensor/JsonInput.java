package io.catwalk.serving.protocol.tensor;

import java.io.IOException;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.catwalk.serving.refusal.RefusedException;

/** JSON bodies, read as a stream of tokens under limits, so that no body costs more than its own length. */
public final class JsonInput {
    private static final int MAX_DEPTH = 16;
    static final int MAX_NUMBER_LENGTH = 64;
    private static final int MAX_STRING_LENGTH = 1 << 16;

    private static final JsonFactory FACTORY = new SeekableParser.Factory(new JsonFactoryBuilder()
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxStringLength(MAX_STRING_LENGTH)
                    .maxNameLength(MAX_STRING_LENGTH)
                    .build()));

    private JsonInput() {}

    /**
     * Reads a body that is one JSON object.
     *
     * @param length the bytes of the body that are JSON, from its start
     * @throws RefusedException with {@code BAD_INPUT} when it isn't, or anything follows it
     */
    public static <T> T read(byte[] body, int length, Reading<T> reading) {
        try (JsonParser parser = FACTORY.createParser(body, 0, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw RefusedException.badInput("the body must be a JSON object");
            }
            T result = reading.read(parser);
            if (parser.nextToken() != null) {
                throw RefusedException.badInput("something follows the JSON object in the body");
            }
            return result;
        } catch (JsonProcessingException e) {
            throw RefusedException.badInput(
                    "the body isn't JSON as it is read here: " + e.getOriginalMessage() + place(e));
        } catch (IOException e) {
            // As for a body that begins like UTF-16 or UTF-32 and isn't.
            throw RefusedException.badInput("the body isn't JSON as it is read here: " + e.getMessage());
        }
    }

    private static String place(JsonProcessingException e) {
        return Optional.ofNullable(e.getLocation())
                .map(location -> ", at byte " + location.getByteOffset())
                .orElse("");
    }

    /** Moves to the next field of the current object, and to its value; false at the object's end. */
    public static boolean nextField(JsonParser parser) throws IOException {
        if (parser.nextToken() == JsonToken.END_OBJECT) {
            return false;
        }
        parser.nextToken();
        return true;
    }

    /** The current value, which must be a string. */
    public static String text(JsonParser parser, String name) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw RefusedException.badInput(name + " must be a string");
        }
        return parser.getText();
    }

    /** The current value, which must be a boolean. */
    public static boolean flag(JsonParser parser, String name) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw RefusedException.badInput(name + " must be true or false");
        };
    }

    /** The current value, which must be a base64 string. Its length has no other limit than the body's. */
    public static byte[] base64(JsonParser parser, String name) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw RefusedException.badInput(name + " must be a base64 string");
        }
        try {
            return parser.getBinaryValue();
        } catch (JsonProcessingException e) {
            throw RefusedException.badInput(name + " must be a base64 string: " + e.getOriginalMessage());
        }
    }

    /** The current value, which must be an integer of 64 bits. */
    public static long integer(JsonParser parser, String name) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw RefusedException.badInput(name + " must be an integer");
        }
        return parser.getLongValue();
    }

    /** What reads the object's fields, from its start to its end. */
    @FunctionalInterface
    public interface Reading<T> {
        T read(JsonParser parser) throws IOException;
    }
}
