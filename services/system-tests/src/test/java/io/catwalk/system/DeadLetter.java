package io.catwalk.system;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that was refused.
 *
 * @param topic where it came from
 * @param place the same with partition and offset, as {@code <topic>/<partition>/<offset>}
 * @param value as text; empty for a record without a value
 */
public record DeadLetter(String topic, String place, String reason, String value) {
    public static DeadLetter of(ConsumerRecord<String, byte[]> record) {
        String topic = header(record, "dead-letter-topic");
        return new DeadLetter(
                topic,
                place(
                        topic,
                        Integer.parseInt(header(record, "dead-letter-partition")),
                        Long.parseLong(header(record, "dead-letter-offset"))),
                header(record, "dead-letter-reason"),
                record.value() == null ? "" : new String(record.value(), StandardCharsets.UTF_8));
    }

    /** Of a record, as a letter names it. */
    public static String place(String topic, int partition, long offset) {
        return topic + "/" + partition + "/" + offset;
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
