package io.catwalk.events;

import java.util.Base64;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Message;

/** A CloudEvent that is one JSON object, attributes and data together (CloudEvents 1.0, "JSON Event Format"). */
final class StructuredEvent {
    private static final String SPECVERSION = "specversion";
    private static final String DATA = "data";
    private static final String DATA_BASE64 = "data_base64";

    private final ObjectNode object;

    StructuredEvent(byte[] value) {
        this.object = StrictJson.parse(value);
    }

    /** @throws BadEventException for a record's JSON that looks like such an event, while the record doesn't say so */
    static void checkIsNone(ObjectNode json) {
        if (json.has(SPECVERSION)) {
            throw BadEventException.broken(
                    "value",
                    "looks like a CloudEvent in structured mode; such a record must have the header %s: %s"
                            .formatted(RecordHeaders.CONTENT_TYPE, ContentType.STRUCTURED.mediaType()));
        }
    }

    Envelope envelope(EventType<?> type) {
        return Envelope.read(type, "", this::text);
    }

    <M extends Message> M payload(EventType<M> type) {
        // Data is JSON unless the event says otherwise.
        ContentType contentType = text("datacontenttype")
                .map(text -> ContentType.parse("datacontenttype", text))
                .orElse(ContentType.JSON);
        Optional<JsonNode> plain = member(DATA);
        Optional<JsonNode> encoded = member(DATA_BASE64);
        if (plain.isPresent() == encoded.isPresent()) {
            throw BadEventException.broken(
                    DATA, plain.isPresent() ? "stands beside " + DATA_BASE64 : "is missing, as is " + DATA_BASE64);
        }
        return plain.map(data -> EventJson.read(type, checked(data, contentType)))
                .orElseGet(() -> contentType.payload(type, decoded(encoded.orElseThrow())));
    }

    private static JsonNode checked(JsonNode data, ContentType contentType) {
        if (!data.isObject()) {
            throw BadEventException.wrong(DATA, data, "must be an object");
        }
        if (contentType != ContentType.JSON) {
            throw BadEventException.broken(
                    DATA, "is JSON while datacontenttype says otherwise; other data must be in " + DATA_BASE64);
        }
        return data;
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
