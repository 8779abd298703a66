package io.catwalk.system;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that was refused.
 *
 * @param topic where it came from
 */
record DeadLetter(String topic, String reason, String value) {
    static DeadLetter of(ConsumerRecord<String, byte[]> record) {
        return new DeadLetter(
                header(record, "dead-letter-topic"),
                header(record, "dead-letter-reason"),
                new String(record.value(), StandardCharsets.UTF_8));
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
