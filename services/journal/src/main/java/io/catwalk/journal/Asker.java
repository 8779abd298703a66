package io.catwalk.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * Who asked for what an entry records: one of the three is there, or none that this release knows.
 *
 * @param subject who asked over HTTP
 * @param record where the request stands, which came over Kafka
 * @param cause what asked within the service: a job, as {@code sweeps/s1}, or its {@code catalogue}
 */
public record Asker(Optional<Subject> subject, Optional<KafkaRecord> record, Optional<String> cause) {

    /**
     * A caller, as the service authenticated it.
     *
     * @param kind what it showed: {@code key} or {@code token}; {@code anyone} where the service asks for nothing
     * @param name of the key, or the token's principal
     * @param time when it asked, by the service's clock
     */
    public record Subject(String kind, String name, Instant time) {}

    /**
     * A record on Kafka, whose producer only the broker knows.
     *
     * @param source that of the CloudEvent, which its producer chose and nobody has verified
     */
    public record KafkaRecord(String topic, int partition, long offset, String source) {}

    public static Asker of(Subject subject) {
        return new Asker(Optional.of(subject), Optional.empty(), Optional.empty());
    }

    public static Asker of(KafkaRecord record) {
        return new Asker(Optional.empty(), Optional.of(record), Optional.empty());
    }

    /** @param cause as {@code sweeps/s1} */
    public static Asker within(String cause) {
        return new Asker(Optional.empty(), Optional.empty(), Optional.of(cause));
    }
}
