package io.catwalk.events;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * JSON (RFC 8259) that means one thing to every reader: UTF-8, one object, no name twice, no number beyond a double, at
 * most {@value #DEEPEST} levels, nothing after the object.
 */
final class StrictJson {
    private static final int DEEPEST = 32;
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final JsonParser parser;

    /** A number as it was written, which no number type may hold. */
    private record NumberText(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    private StrictJson(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * The object, its fractions with all their digits.
     *
     * @throws BadEventException for anything that isn't such JSON
     */
    static ObjectNode parse(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            new StrictJson(parser).document();
            return (ObjectNode) MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw BadEventException.broken("value", "is not JSON: " + e.getOriginalMessage() + place(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws BadEventException naming the field and the first byte that is not UTF-8 */
    static String utf8(String field, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            String found = "0x%02x".formatted(bytes[in.position()]);
            throw BadEventException.broken(field, "is not UTF-8: byte " + in.position() + " is " + found);
        }
        return out.flip().toString();
    }

    private void document() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw BadEventException.broken(
                    "value", "is not a JSON object" + (parser.currentToken() == null ? ": it is empty" : ""));
        }
        object(1);
        if (parser.nextToken() != null) {
            throw BadEventException.broken("value", "goes on after the JSON object's end");
        }
    }

    private void object(int depth) throws IOException {
        Set<String> names = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            if (!names.add(parser.currentName())) {
                throw BadEventException.broken(path(), "stands twice");
            }
            parser.nextToken();
            element(depth);
        }
    }

    private void array(int depth) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            element(depth);
        }
    }

    private void element(int depth) throws IOException {
        if (parser.currentToken().isStructStart()) {
            if (depth == DEEPEST) {
                throw BadEventException.broken(path(), "is nested deeper than " + DEEPEST + " levels");
            }
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                object(depth + 1);
            } else {
                array(depth + 1);
            }
        } else if (parser.currentToken().isNumeric() && Double.isInfinite(Double.parseDouble(parser.getText()))) {
            throw BadEventException.wrong(path(), new NumberText(parser.getText()), "must be a finite number");
        }
    }

    /** Where the parser is, as {@code gate.later[3]}; shortened and escaped, as names may be long or hold anything. */
    private String path() {
        StringBuilder path = new StringBuilder();
        for (JsonStreamContext at = parser.getParsingContext(); !at.inRoot(); at = at.getParent()) {
            if (at.inObject() && at.hasCurrentName()) {
                path.insert(0, at.getCurrentName()).insert(0, at.getParent().inRoot() ? "" : ".");
            } else if (at.inArray() && at.hasCurrentIndex()) {
                path.insert(0, "[" + at.getCurrentIndex() + "]");
            }
        }
        return ShownValue.unquoted(path.toString());
    }

    private static String place(JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        return location == null ? "" : " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
    }
}
