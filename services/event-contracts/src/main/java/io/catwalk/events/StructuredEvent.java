package io.catwalk.events;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A CloudEvent that is one JSON object, attributes and data together (CloudEvents 1.0, "JSON Event Format"). */
final class StructuredEvent {
    private static final String SPECVERSION = "specversion";
    private static final String DATA = "data";
    private static final String DATA_BASE64 = "data_base64";

    private final ObjectNode object;

    StructuredEvent(byte[] value) {
        this.object = StrictJson.parse(StrictJson.utf8("value", value));
    }

    /**
     * @param value a record's that doesn't say that it is such an event
     * @throws BadEventException for a value that looks like one
     */
    static void checkIsNone(byte[] value) {
        if (new String(value, StandardCharsets.UTF_8).contains('"' + SPECVERSION + '"')
                && StrictJson.parse(StrictJson.utf8("value", value)).has(SPECVERSION)) {
            throw BadEventException.broken(
                    "value",
                    "looks like a CloudEvent in structured mode; such a record must have the header %s: %s"
                            .formatted(RecordHeaders.CONTENT_TYPE, ContentType.STRUCTURED.mediaType()));
        }
    }

    Envelope envelope(EventType<?> type) {
        return Envelope.read(type, "", this::text);
    }

    /** JSON unless the event says otherwise. */
    ContentType dataContentType() {
        return text("datacontenttype")
                .map(text -> ContentType.parse("datacontenttype", text))
                .orElse(ContentType.JSON);
    }

    byte[] data() {
        Optional<JsonNode> plain = member(DATA);
        Optional<JsonNode> encoded = member(DATA_BASE64);
        if (plain.isPresent() == encoded.isPresent()) {
            throw BadEventException.broken(
                    DATA, plain.isPresent() ? "stands beside " + DATA_BASE64 : "is missing, as is " + DATA_BASE64);
        }
        return plain.map(this::plainData).orElseGet(() -> decoded(encoded.orElseThrow()));
    }

    private byte[] plainData(JsonNode data) {
        if (!data.isObject()) {
            throw BadEventException.wrong(DATA, data, "must be an object");
        }
        if (dataContentType() != ContentType.JSON) {
            throw BadEventException.broken(
                    DATA, "is JSON while datacontenttype says otherwise; other data must be in " + DATA_BASE64);
        }
        return data.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] decoded(JsonNode data) {
        try {
            return Base64.getDecoder().decode(data.textValue() == null ? "-" : data.textValue());
        } catch (IllegalArgumentException e) {
            throw BadEventException.wrong(DATA_BASE64, data, "must be base64");
        }
    }

    private Optional<String> text(String name) {
        return member(name).map(node -> {
            if (!node.isTextual()) {
                throw BadEventException.wrong(name, node, "must be a string");
            }
            return node.textValue();
        });
    }

    /** A member that is null counts as left out. */
    private Optional<JsonNode> member(String name) {
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }
}
