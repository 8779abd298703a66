package io.catwalk.events;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The headers of a record that say something about its event; others, as those of tracing, are passed over.
 *
 * @param values by name: {@code content-type} and those with CloudEvents' prefix
 */
record RecordHeaders(Map<String, String> values) {
    static final String CONTENT_TYPE = "content-type";
    static final String PREFIX = "ce_";

    private static final int MOST_BYTES = 64 * 1024;

    RecordHeaders {
        values = Map.copyOf(values);
    }

    /** @throws BadEventException for headers above 64 KiB, one that stands twice, or isn't UTF-8 */
    static RecordHeaders read(Headers headers) {
        checkSize(headers);
        Map<String, String> values = new HashMap<>();
        for (Header header : headers) {
            if (!header.key().equals(CONTENT_TYPE) && !header.key().startsWith(PREFIX)) {
                continue;
            }
            String name = ShownValue.unquoted(header.key());
            if (header.value() == null) {
                throw BadEventException.broken(name, "is null");
            }
            if (values.put(header.key(), StrictJson.utf8(name, header.value())) != null) {
                throw BadEventException.broken(name, "stands twice");
            }
        }
        return new RecordHeaders(values);
    }

    /** @throws BadEventException for a content type that no event has */
    Optional<ContentType> contentType() {
        return find(CONTENT_TYPE).map(text -> ContentType.parse(CONTENT_TYPE, text));
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Whether the record claims to be a CloudEvent in binary mode. */
    boolean holdEvent() {
        return values.keySet().stream().anyMatch(name -> name.startsWith(PREFIX));
    }

    private static void checkSize(Headers headers) {
        long bytes = 0;
        for (Header header : headers) {
            bytes += header.key().getBytes(StandardCharsets.UTF_8).length;
            bytes += header.value() == null ? 0 : header.value().length;
        }
        if (bytes > MOST_BYTES) {
            throw BadEventException.broken("headers", "are " + bytes + " bytes, must be at most " + MOST_BYTES);
        }
    }
}
