package io.catwalk.serving.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.stream.IntStream;

import io.catwalk.chassis.topics.EventMetrics;
import io.catwalk.events.Event;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.training.v1.EpochCompleted;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventOutputTest {
    private static final Instant TIME = Instant.parse("2026-03-01T11:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
    private final EventOutput output =
            new EventOutput(() -> producer, new Topics("t."), new EventMetrics(meters), new PublishingConfig() {
                @Override
                public int maxWaitingEvents() {
                    return 3;
                }

                @Override
                public int maxWaitingBytes() {
                    return 200;
                }
            });

    @AfterEach
    void close() {
        output.close();
    }

    @Test
    void publishesInTheOrderOfSending() {
        IntStream.rangeClosed(1, 3)
                .forEach(epoch -> assertThat(output.send(epoch(epoch))).isTrue());
        awaitSent(3);

        assertThat(producer.history()).extracting(record -> record.topic()).containsOnly("t.epoch-completed");
        assertThat(producer.history())
                .extracting(record -> EpochCompleted.parseFrom(record.value()).getEpoch())
                .containsExactly(1, 2, 3);
    }

    @Test
    void whatIsNotAcknowledgedTakesTheRoomOfItsTopicAlone() {
        IntStream.rangeClosed(1, 3).forEach(epoch -> output.send(epoch(epoch)));
        assertThat(output.send(epoch(4))).isFalse();
        assertThat(output.send(promoted("stable"))).isTrue();
        awaitSent(4);
        assertThat(count("t.epoch-completed", "dropped")).isEqualTo(1);

        assertThat(producer.completeNext()).isTrue();
        assertThat(output.send(epoch(5))).isTrue();
        assertThat(count("t.epoch-completed", "published")).isEqualTo(1);
    }

    @Test
    void largeEventsTakeTheRoomOfManyBytes() {
        assertThat(output.send(promoted("a".repeat(60)))).isTrue();
        assertThat(output.send(promoted("b".repeat(60)))).isFalse();
    }

    @Test
    void aFailureIsCountedAndGivesItsRoomBack() {
        IntStream.rangeClosed(1, 3).forEach(epoch -> output.send(epoch(epoch)));
        awaitSent(3);
        assertThat(producer.errorNext(new TimeoutException("away"))).isTrue();

        assertThat(count("t.epoch-completed", "failed")).isEqualTo(1);
        assertThat(output.send(epoch(4))).isTrue();
    }

    @Test
    void whatWaitsIsSentBeforeTheEnd() {
        output.send(epoch(1));
        output.close();

        assertThat(producer.history()).hasSize(1);
        assertThat(producer.closed()).isTrue();
    }

    private void awaitSent(int count) {
        await().until(() -> producer.history().size() == count);
    }

    private double count(String topic, String outcome) {
        return meters.find("catwalk.events").tags("topic", topic, "outcome", outcome).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private static Event<EpochCompleted> epoch(int epoch) {
        return new Event<>(
                "e" + epoch,
                "/catwalk/serving",
                EventType.EPOCH_COMPLETED,
                TIME,
                EpochCompleted.newBuilder()
                        .setRunId("r")
                        .setModel("m")
                        .setEpoch(epoch)
                        .build());
    }

    private static Event<ModelPromoted> promoted(String label) {
        return new Event<>(
                label,
                "/catwalk/serving",
                EventType.MODEL_PROMOTED,
                TIME,
                ModelPromoted.newBuilder()
                        .setModel("m")
                        .setLabel(label)
                        .setVersion(1)
                        .setModelDigest("sha256:" + "0".repeat(64))
                        .setEntry(1)
                        .build());
    }
}
