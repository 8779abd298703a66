package io.catwalk.evaluation.rollout.window;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.catwalk.evaluation.rollout.topic.UngroupedTopic;
import io.catwalk.events.BadEventException;
import io.catwalk.events.EventDecoder;
import io.catwalk.events.EventType;
import io.catwalk.objectstore.Name;
import io.catwalk.rollout.v1.ServingWindow;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serving's windows in Kafka, of all partitions. A partition whose records are gone, as after their retention or in a topic that was
 * made anew, goes on with its first one. A record that is no window is left out.
 */
public final class KafkaWindows implements WindowFeed.Source {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaWindows.class);

    private final UngroupedTopic topic;
    private final EventDecoder decoder;
    private final Duration check;

    /** @param check interval of checks of whether the broker answers */
    public KafkaWindows(UngroupedTopic topic, EventDecoder decoder, Duration check) {
        this.topic = topic;
        this.decoder = decoder;
        this.check = check;
    }

    @Override
    public Map<Integer, Long> ends() throws InterruptedException {
        try (Consumer<byte[], byte[]> consumer = topic.open()) {
            return consumer.endOffsets(topic.partitions(consumer)).entrySet().stream()
                    .collect(Collectors.toMap(end -> end.getKey().partition(), Map.Entry::getValue));
        } catch (InterruptException e) {
            throw UngroupedTopic.interrupted();
        } catch (KafkaException e) {
            LOG.warn("can't find the end of {}: {}", topic.name(), e.getMessage());
            return Map.of();
        }
    }

    @Override
    public WindowFeed open(Name model, Map<Integer, Long> offsets) {
        return new Feed(model, offsets);
    }

    private final class Feed implements WindowFeed {
        private final Name model;
        private final Map<Integer, Long> offsets;
        private final Consumer<byte[], byte[]> consumer = topic.open();
        private Set<TopicPartition> assigned = Set.of();
        private boolean answering;
        private Optional<Long> checked = Optional.empty();

        Feed(Name model, Map<Integer, Long> offsets) {
            this.model = model;
            this.offsets = Map.copyOf(offsets);
        }

        @Override
        public Batch poll(Duration longest) throws InterruptedException {
            try {
                if (checked.isEmpty() || System.nanoTime() - checked.get() > check.toNanos()) {
                    assign();
                    consumer.endOffsets(assigned);
                    answering = !assigned.isEmpty();
                    checked = Optional.of(System.nanoTime());
                }
                return new Batch(assigned.isEmpty() ? List.of() : windows(longest), answering);
            } catch (InterruptException e) {
                throw UngroupedTopic.interrupted();
            } catch (KafkaException e) {
                LOG.warn("can't read {}: {}", topic.name(), e.getMessage());
                answering = false;
                checked = Optional.empty();
                return new Batch(List.of(), false);
            }
        }

        /** All partitions, those that were added meanwhile from their first record. */
        private void assign() {
            Set<TopicPartition> now = Set.copyOf(topic.partitions(consumer));
            if (now.equals(assigned)) {
                return;
            }
            Map<TopicPartition, Long> positions = new HashMap<>();
            assigned.stream().filter(now::contains).forEach(known -> positions.put(known, consumer.position(known)));
            consumer.assign(now);
            now.forEach(partition -> consumer.seek(
                    partition, positions.getOrDefault(partition, offsets.getOrDefault(partition.partition(), 0L))));
            assigned = now;
        }

        private List<Placed> windows(Duration longest) {
            List<Placed> windows = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(longest)) {
                if (record.key() == null || new String(record.key(), UTF_8).equals(model.value())) {
                    window(record)
                            .filter(window -> window.getModel().equals(model.value()))
                            .ifPresent(window -> windows.add(new Placed(record.partition(), record.offset(), window)));
                }
            }
            return windows;
        }

        private Optional<ServingWindow> window(ConsumerRecord<byte[], byte[]> record) {
            try {
                return Optional.of(
                        decoder.decode(EventType.SERVING_WINDOW, record).payload());
            } catch (BadEventException e) {
                LOG.warn("leaving out {}/{}: {}", record.partition(), record.offset(), e.getMessage());
                return Optional.empty();
            }
        }

        @Override
        public void close() {
            topic.close(consumer);
        }
    }
}
