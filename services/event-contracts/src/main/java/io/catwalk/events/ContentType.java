package io.catwalk.events;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import com.google.protobuf.Message;

/** The forms that a record's value can have, by its media type (RFC 9110, 8.3): case and parameters don't matter. */
enum ContentType {
    PROTOBUF("application/protobuf"),
    JSON("application/json"),
    STRUCTURED("application/cloudevents+json");

    private static final String CHARSET = "charset=";

    private final String mediaType;

    ContentType(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /** @throws BadEventException for bytes that aren't such a payload, and for the type of whole events */
    <M extends Message> M payload(EventType<M> type, byte[] data) {
        return switch (this) {
            case JSON -> EventJson.read(type, data);
            case PROTOBUF -> type.parse(data);
            case STRUCTURED ->
                throw BadEventException.wrong(
                        "datacontenttype", mediaType, "must be application/protobuf or application/json");
        };
    }

    /**
     * @param field where the text stood, for the message
     * @throws BadEventException for any other media type, and for a charset other than UTF-8
     */
    static ContentType parse(String field, String text) {
        String[] parts = text.toLowerCase(Locale.ROOT).split(";", -1);
        Optional<ContentType> type = Stream.of(values())
                .filter(candidate -> candidate.mediaType.equals(parts[0].strip()))
                .findFirst();
        boolean isUtf8 = Stream.of(parts)
                .skip(1)
                .map(part -> part.strip().replace("\"", ""))
                .allMatch(part -> !part.startsWith(CHARSET) || part.equals(CHARSET + "utf-8"));
        return type.filter(found -> isUtf8)
                .orElseThrow(() -> BadEventException.wrong(field, text, expectation(parts[0].strip())));
    }

    private static String expectation(String mediaType) {
        String which = "";
        if (mediaType.startsWith("application/cloudevents-batch")) {
            which = " (a record holds one event, no batch)";
        } else if (mediaType.startsWith("application/cloudevents+")) {
            which = " (in structured mode events are read as JSON alone)";
        }
        return "must be application/protobuf, application/json or application/cloudevents+json, in UTF-8" + which;
    }
}
