package io.catwalk.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;

/**
 * Payloads as proto3 JSON: lowerCamelCase names, 64-bit numbers as strings, no line breaks.
 *
 * <p>Written: fields in number order, zeros and empty lists shown, fields with presence only where set. Read: either name of a
 * field is known, {@code learningRate} and {@code learning_rate}; what journals and facts hold beyond that is passed over, as
 * another version may have written it; requests, which people write, are refused for it.
 */
public final class EventJson {
    private static final JsonFormat.Printer PRINTER =
            JsonFormat.printer().alwaysPrintFieldsWithNoPresence().omittingInsignificantWhitespace();

    private static final JsonMapper MAPPER = new JsonMapper();

    private EventJson() {}

    public static String toJson(Message payload) {
        try {
            return PRINTER.print(payload);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not printable as proto3 JSON: " + e.getMessage(), e);
        }
    }

    /** The same as a tree, as a journal keeps it. */
    public static ObjectNode tree(Message payload) {
        try {
            return (ObjectNode) MAPPER.readTree(toJson(payload));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("protobuf printed no JSON", e);
        }
    }

    /**
     * A payload as {@link #tree} gave it, then or in another version. Its rules aren't checked, as they may have
     * become stricter since.
     *
     * @throws BadEventException for JSON that isn't such a payload
     */
    public static <M extends Message> M fromJson(EventType<M> type, JsonNode json) {
        return new PayloadReader<>(type, false).read(json);
    }

    /**
     * A payload from outside: strict about the JSON itself (UTF-8, no name twice, finite numbers, depth), and where
     * it is a request about every name in it too. {@link EventType#check} and {@link Event} check its rules.
     *
     * @throws BadEventException naming the field, its value and what it must be
     */
    public static <M extends Message> M read(EventType<M> type, byte[] utf8) {
        return read(type, StrictJson.parse(utf8));
    }

    /** The same of JSON that was parsed strictly. */
    public static <M extends Message> M read(EventType<M> type, JsonNode json) {
        return new PayloadReader<>(type, type.isRequest()).read(json);
    }
}
