package io.catwalk.events;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * JSON (RFC 8259) that means one thing to every reader: UTF-8, one object, no name twice, no number beyond a double, at
 * most {@value #DEEPEST} levels, nothing after the object.
 */
final class StrictJson extends JsonParserDelegate {
    private static final int DEEPEST = 32;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private StrictJson(JsonParser parser) {
        super(parser);
    }

    /**
     * The object, its fractions with all their digits.
     *
     * @throws BadEventException for anything that isn't such JSON
     */
    static ObjectNode parse(byte[] utf8) {
        try (StrictJson parser = new StrictJson(MAPPER.createParser(utf8("value", utf8)))) {
            return parser.object();
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

    private ObjectNode object() throws IOException {
        try {
            if (nextToken() != JsonToken.START_OBJECT) {
                throw BadEventException.broken(
                        "value", "is not a JSON object" + (currentToken() == null ? ": it is empty" : ""));
            }
            ObjectNode object = MAPPER.readTree(this);
            if (nextToken() != null) {
                throw BadEventException.broken("value", "goes on after the JSON object's end");
            }
            return object;
        } catch (JsonProcessingException e) {
            throw refusal(e);
        }
    }

    @Override
    public JsonToken nextToken() throws IOException {
        JsonToken token = super.nextToken();
        if (token != null && token.isNumeric() && Double.isInfinite(Double.parseDouble(getText()))) {
            throw BadEventException.broken(
                    path(), "is " + ShownValue.unquoted(getText()) + ", must be a finite number");
        }
        return token;
    }

    /** Jackson's exceptions name the broken limit, and not where. */
    private BadEventException refusal(JsonProcessingException e) {
        if (getParsingContext().getNestingDepth() > DEEPEST) {
            return BadEventException.broken(path(), "is nested deeper than " + DEEPEST + " levels");
        }
        if (e.getOriginalMessage().startsWith("Duplicate field")) {
            return BadEventException.broken(path(), "stands twice");
        }
        JsonLocation at = e.getLocation();
        String place = at == null ? "" : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
        return BadEventException.broken("value", "is not JSON: " + e.getOriginalMessage() + place);
    }

    /** Where the parser is, as {@code gate.later[3]}; shortened and escaped, as names may be long or hold anything. */
    private String path() {
        StringBuilder path = new StringBuilder();
        for (JsonStreamContext at = getParsingContext(); !at.inRoot(); at = at.getParent()) {
            if (at.inObject() && at.hasCurrentName()) {
                path.insert(0, at.getCurrentName()).insert(0, at.getParent().inRoot() ? "" : ".");
            } else if (at.inArray() && at.hasCurrentIndex()) {
                path.insert(0, "[" + at.getCurrentIndex() + "]");
            }
        }
        return ShownValue.unquoted(path.toString());
    }
}
