package io.catwalk.history.topic;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.catwalk.events.UngroupedReading;
import io.catwalk.history.CannotCheckException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics from their first record that is left to the ends that they had at the start, in no group. */
final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final KafkaConsumer<byte[], byte[]> consumer;

    /** @param broker Kafka's settings of the client; what isn't a consumer's is left out */
    TopicReader(Map<String, Object> broker) {
        Map<String, Object> config = UngroupedReading.settings(broker);
        config.keySet().retainAll(ConsumerConfig.configNames());
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 30_000);
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * The partitions of topics with their first and end offsets.
     *
     * @throws CannotCheckException when a topic is missing, or the broker can't be reached
     */
    Map<TopicPartition, Range> ranges(Collection<String> topics) {
        try {
            Map<String, List<PartitionInfo>> known = consumer.listTopics();
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> Optional.ofNullable(known.get(topic))
                            .orElseThrow(() -> new CannotCheckException("topic " + topic
                                    + " doesn't exist; check the topic prefix, or run installation prepare"))
                            .stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            return partitions.stream()
                    .collect(Collectors.toMap(
                            partition -> partition,
                            partition -> new Range(begins.get(partition), ends.get(partition))));
        } catch (KafkaException e) {
            throw new CannotCheckException("the broker doesn't say what its topics hold: " + e.getMessage(), e);
        }
    }

    /** All records of these ranges, each partition's in order. */
    void read(Map<TopicPartition, Range> ranges, Consumer<ConsumerRecord<byte[], byte[]>> records) {
        Map<TopicPartition, Range> left = new HashMap<>(ranges);
        left.values().removeIf(Range::isEmpty);
        try {
            consumer.assign(left.keySet());
            left.forEach((partition, range) -> consumer.seek(partition, range.begin()));
            long heard = System.nanoTime();
            while (!left.isEmpty()) {
                ConsumerRecords<byte[], byte[]> batch = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : batch) {
                    Range range = ranges.get(new TopicPartition(record.topic(), record.partition()));
                    if (range != null && record.offset() < range.end()) {
                        records.accept(record);
                    }
                }
                boolean ended = left.entrySet()
                        .removeIf(entry -> consumer.position(entry.getKey())
                                >= entry.getValue().end());
                if (ended) {
                    consumer.assign(left.keySet());
                }
                heard = ended || !batch.isEmpty() ? System.nanoTime() : heard;
                if (System.nanoTime() - heard > SILENCE.toNanos()) {
                    throw new CannotCheckException("the broker has sent nothing for " + SILENCE + " of " + left);
                }
            }
        } catch (KafkaException e) {
            throw new CannotCheckException("the topics can't be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** @param end after the last record */
    record Range(long begin, long end) {
        boolean isEmpty() {
            return end <= begin;
        }
    }
}
