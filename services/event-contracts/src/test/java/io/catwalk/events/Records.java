package io.catwalk.events;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as a consumer gets them, at fixed coordinates, built up header by header. */
final class Records {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Instant TIMESTAMP = Instant.parse("2026-03-01T11:59:58Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final EventDecoder DECODER = new EventDecoder(CLOCK);
    static final EventEncoder ENCODER = new EventEncoder(Topics.unprefixed());

    private final Headers headers = new RecordHeaders();
    private final String topic;
    private String key = null;
    private byte[] value = null;

    private Records(String topic) {
        this.topic = topic;
    }

    static Records on(EventType<?> type) {
        return new Records(type.topic());
    }

    /** A record with all of the attributes that binary mode asks for. */
    static Records binary(EventType<?> type, String contentType) {
        return on(type).header("ce_specversion", "1.0")
                .header("ce_id", "e-1")
                .header("ce_source", "/tests")
                .header("ce_type", type.name())
                .header("ce_time", "2026-03-01T11:00:00Z")
                .header("content-type", contentType);
    }

    static ConsumerRecord<String, byte[]> bare(EventType<?> type, String json) {
        return on(type).value(json).consumed();
    }

    static ConsumerRecord<String, byte[]> consumed(ProducerRecord<String, byte[]> sent) {
        Records records = new Records(sent.topic());
        sent.headers().forEach(records.headers::add);
        records.key = sent.key();
        records.value = sent.value();
        return records.consumed();
    }

    Records key(String text) {
        key = text;
        return this;
    }

    Records value(String text) {
        return value(text.getBytes(StandardCharsets.UTF_8));
    }

    Records value(byte[] bytes) {
        value = bytes;
        return this;
    }

    Records header(String name, String text) {
        return header(name, text.getBytes(StandardCharsets.UTF_8));
    }

    Records header(String name, byte[] bytes) {
        headers.add(name, bytes);
        return this;
    }

    Records without(String name) {
        headers.remove(name);
        return this;
    }

    ConsumerRecord<String, byte[]> consumed() {
        int valueSize = value == null ? ConsumerRecord.NULL_SIZE : value.length;
        return new ConsumerRecord<>(
                topic,
                0,
                17,
                TIMESTAMP.toEpochMilli(),
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                valueSize,
                key,
                value,
                headers,
                Optional.empty());
    }
}
