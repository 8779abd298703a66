package io.catwalk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.catwalk.events.Event;
import io.catwalk.events.EventEncoder;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import io.catwalk.training.v1.TrainingFailed;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class EventConsumerTest {
    private static final TrainingFailed FAILED =
            TrainingFailed.newBuilder().setRunId("r").setReason("NaN").build();

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");

    EventConsumerTest() {
        Stream.concat(EventType.all().stream().map(EventType::topic), Stream.of("dead-letters"))
                .forEach(topic -> {
                    Node node = Node.noNode();
                    consumer.updatePartitions(
                            topic, List.of(new PartitionInfo(topic, 0, node, new Node[0], new Node[0])));
                    consumer.updateBeginningOffsets(Map.of(new TopicPartition(topic, 0), 0L));
                });
    }

    @Test
    void eventsOfTheServicesAreRead() {
        try (EventConsumer events = new EventConsumer(consumer)) {
            Event<?> event = new Event<>("id", "/test", EventType.TRAINING_FAILED, Instant.EPOCH, FAILED);
            var record = new EventEncoder(Topics.unprefixed()).encode(event);
            add(record.topic(), record.headers(), record.value());
            assertThat(events.poll(Duration.ZERO)).isEqualTo(List.of(event));
            assertThat(events.poll(Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void aTopicThatIsNotThereIsNamed() {
        consumer.updatePartitions("training-failed", List.of());

        assertThatThrownBy(() -> new EventConsumer(consumer)).hasMessage("the broker has no topic training-failed");
    }

    @Test
    void aDeadLetterIsTheRunsEnd() {
        try (EventConsumer events = new EventConsumer(consumer)) {
            Headers headers = new RecordHeaders();
            headers.add("dead-letter-reason", bytes("epochs is -1, must be 1 to 10000"));
            add("dead-letters", headers, bytes("{\"epochs\":-1}"));
            assertThatThrownBy(() -> events.poll(Duration.ZERO))
                    .isInstanceOf(PipelineException.class)
                    .hasMessage("a record was refused: epochs is -1, must be 1 to 10000\n  {\"epochs\":-1}");
        }
    }

    @Test
    void whatIsNoEventIsToldWithItsPlace() {
        try (EventConsumer events = new EventConsumer(consumer)) {
            add("training-failed", new RecordHeaders(), bytes("nonsense"));
            assertThatThrownBy(() -> events.poll(Duration.ZERO))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageStartingWith("can't read the event at training-failed-0, offset 0: ");
        }
    }

    private void add(String topic, Headers headers, byte[] value) {
        consumer.addRecord(new ConsumerRecord<>(
                topic, 0, 0, 0L, TimestampType.CREATE_TIME, 0, value.length, null, value, headers, Optional.empty()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
