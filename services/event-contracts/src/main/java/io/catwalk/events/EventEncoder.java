package io.catwalk.events;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Writes events as Kafka records: CloudEvents 1.0 in binary mode with a protobuf value. The same event is the same
 * record, byte for byte.
 */
public final class EventEncoder {
    private final Topics topics;

    public EventEncoder(Topics topics) {
        this.topics = topics;
    }

    /** A record for the event's own topic, without partition and timestamp. */
    public ProducerRecord<String, byte[]> encode(Event<?> event) {
        var encoded = new ProducerRecord<String, byte[]>(
                topics.nameOf(event.type()),
                event.key().orElse(null),
                event.payload().toByteArray());
        Headers headers = encoded.headers();
        add(headers, RecordHeaders.PREFIX + "specversion", Envelope.VERSION);
        add(headers, RecordHeaders.PREFIX + "id", event.id());
        add(headers, RecordHeaders.PREFIX + "source", event.source());
        add(headers, RecordHeaders.PREFIX + "type", event.type().name());
        add(headers, RecordHeaders.PREFIX + "time", event.time().toString());
        add(headers, RecordHeaders.CONTENT_TYPE, ContentType.PROTOBUF.mediaType());
        return encoded;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
