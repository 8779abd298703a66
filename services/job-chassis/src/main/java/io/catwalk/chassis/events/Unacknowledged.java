package io.catwalk.chassis.events;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Counts what a group hasn't acknowledged: offsets from the first record behind the committed one to the end. What a
 * transaction has aborted, and the marks of transactions, aren't records, so they don't count while no record is behind them.
 */
final class Unacknowledged {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int MOST_POLLS = 25;

    private final Consumer<?, ?> consumer;

    /** @param consumer with the group's id, but no member of it; reads what is committed, commits nothing */
    Unacknowledged(Consumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    /** Over all partitions; empty where the topic doesn't exist. */
    OptionalLong of(String topic) {
        Set<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .collect(Collectors.toUnmodifiableSet());
        if (partitions.isEmpty()) {
            return OptionalLong.empty();
        }
        // Kafka warns of the ends of partitions that aren't assigned.
        consumer.assign(partitions);
        try {
            return OptionalLong.of(count(partitions));
        } finally {
            consumer.unsubscribe();
        }
    }

    private long count(Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> next = acknowledged(partitions);
        next.entrySet().removeIf(entry -> entry.getValue() >= ends.get(entry.getKey()));
        skipToRecords(next, ends);
        return next.entrySet().stream()
                .mapToLong(entry -> Math.max(ends.get(entry.getKey()) - entry.getValue(), 0))
                .sum();
    }

    /** The offset behind the last acknowledged record of each partition. */
    private Map<TopicPartition, Long> acknowledged(Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions);
        Map<TopicPartition, Long> next = new HashMap<>(consumer.beginningOffsets(partitions));
        next.replaceAll((partition, begin) -> committed.get(partition) == null
                ? begin
                : Math.max(begin, committed.get(partition).offset()));
        return next;
    }

    /** Moves each partition's offset on to the first record at or behind it, or to the end. */
    private void skipToRecords(Map<TopicPartition, Long> next, Map<TopicPartition, Long> ends) {
        if (next.isEmpty()) {
            return;
        }
        Set<TopicPartition> open = new HashSet<>(next.keySet());
        consumer.assign(open);
        next.forEach(consumer::seek);
        for (int polls = 0; !open.isEmpty() && polls < MOST_POLLS; polls++) {
            var records = consumer.poll(POLL);
            for (TopicPartition partition : List.copyOf(open)) {
                List<? extends ConsumerRecord<?, ?>> found = records.records(partition);
                long reached = found.isEmpty()
                        ? consumer.position(partition)
                        : found.getFirst().offset();
                next.put(partition, reached);
                if (!found.isEmpty() || reached >= ends.get(partition)) {
                    open.remove(partition);
                    consumer.pause(Set.of(partition));
                }
            }
        }
    }
}
