package io.catwalk.events;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Message;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads events from Kafka records (CloudEvents 1.0, "Kafka Protocol Binding"): in binary mode with a protobuf or proto3
 * JSON value, in structured mode as JSON, and on request topics bare proto3 JSON without any header.
 *
 * <p>A bare record's source is {@code /topics/<topic>} and its id {@code <partition>/<offset>/<timestamp>}, so each
 * delivery of it is the same event.
 */
public final class EventDecoder {
    private static final int LARGEST_VALUE = 1024 * 1024;

    /** Clocks differ, but not by days: such a time is a mistake of its sender. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);

    private final Clock clock;

    public EventDecoder(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param record with its key as bytes or as text
     * @throws BadEventException for a record that isn't an event of this type, which no later try will read either
     */
    public <M extends Message> Event<M> decode(EventType<M> type, ConsumerRecord<?, byte[]> record) {
        byte[] value = valueOf(record);
        RecordHeaders headers = RecordHeaders.read(record.headers());
        Event<M> event;
        if (headers.contentType().equals(Optional.of(ContentType.STRUCTURED))) {
            event = structured(type, value, record.timestamp());
        } else if (isBare(type, headers)) {
            ObjectNode json = StrictJson.parse(value);
            StructuredEvent.checkIsNone(json);
            event = event(type, bareEnvelope(record), record.timestamp(), EventJson.read(type, json));
        } else {
            event = binary(type, headers, value, record.timestamp());
        }
        checkKey(record, event);
        return event;
    }

    private static byte[] valueOf(ConsumerRecord<?, byte[]> record) {
        byte[] value = record.value();
        if (value == null) {
            throw BadEventException.broken("value", "is null");
        }
        if (value.length > LARGEST_VALUE) {
            throw BadEventException.broken("value", "is " + value.length + " bytes, must be at most " + LARGEST_VALUE);
        }
        return value;
    }

    private <M extends Message> Event<M> structured(EventType<M> type, byte[] value, long timestamp) {
        StructuredEvent structured = new StructuredEvent(value);
        return event(type, structured.envelope(type), timestamp, structured.payload(type));
    }

    private <M extends Message> Event<M> binary(
            EventType<M> type, RecordHeaders headers, byte[] value, long timestamp) {
        Envelope envelope =
                Envelope.read(type, RecordHeaders.PREFIX, name -> headers.find(RecordHeaders.PREFIX + name));
        ContentType dataContentType = headers.contentType()
                .orElseThrow(() -> BadEventException.missing(
                        RecordHeaders.CONTENT_TYPE, "must be application/protobuf or application/json"));
        return event(type, envelope, timestamp, dataContentType.payload(type, value));
    }

    private static boolean isBare(EventType<?> type, RecordHeaders headers) {
        return type.isRequest()
                && !headers.holdEvent()
                && headers.contentType().orElse(ContentType.JSON) == ContentType.JSON;
    }

    private static Envelope bareEnvelope(ConsumerRecord<?, byte[]> record) {
        return new Envelope(
                record.partition() + "/" + record.offset() + "/" + record.timestamp(),
                "/topics/" + record.topic(),
                Optional.empty());
    }

    private <M extends Message> Event<M> event(EventType<M> type, Envelope envelope, long timestamp, M payload) {
        Instant time = envelope.time().orElseGet(() -> Instant.ofEpochMilli(timestamp));
        if (time.isAfter(clock.instant().plus(CLOCK_TOLERANCE))) {
            throw BadEventException.wrong("time", time, "must not be more than a day after now, " + clock.instant());
        }
        return new Event<>(envelope.id(), envelope.source(), type, time, payload);
    }

    private static void checkKey(ConsumerRecord<?, byte[]> record, Event<?> event) {
        String key = keyOf(record);
        event.key().filter(expected -> !key.isEmpty() && !key.equals(expected)).ifPresent(expected -> {
            throw BadEventException.wrong(
                    "key", key, "must be " + ShownValue.of(expected) + " as in the body, or none");
        });
    }

    private static String keyOf(ConsumerRecord<?, byte[]> record) {
        return switch (record.key()) {
            case null -> "";
            case String text -> text;
            case byte[] bytes -> StrictJson.utf8("key", bytes);
            default -> throw new IllegalArgumentException("keys are read as bytes or text, not as " + record.key());
        };
    }
}
