package io.catwalk.serving.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import io.catwalk.supervision.Supervisor;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics as tables: all partitions, from the start, in no group and without commits, on its own thread. Waits
 * for an unavailable broker or a missing topic. After a failure, and after a topic was created again, reads everything
 * again from the start, so the record consumer must be idempotent.
 */
public final class TableReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TableReader.class);

    private final Supplier<? extends Consumer<String, byte[]>> consumers;
    private final List<String> topics;
    private final Function<List<String>, ?> identities;
    private final java.util.function.Consumer<ConsumerRecord<String, byte[]>> records;
    private final Runnable atEnd;
    private final Timing timing;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Optional<Consumer<String, byte[]>> current = Optional.empty();
    private volatile boolean caughtUp;
    private volatile String trouble = "not connected yet";

    /**
     * @param consumers creates consumers that reset to the earliest offset and commit nothing
     * @param identities the topic ids, which change if a topic is deleted and created again
     * @param atEnd is called each time the topics have been read from the start to their ends
     */
    public TableReader(
            Supplier<? extends Consumer<String, byte[]>> consumers,
            List<String> topics,
            Function<List<String>, ?> identities,
            java.util.function.Consumer<ConsumerRecord<String, byte[]>> records,
            Runnable atEnd,
            Timing timing) {
        this.consumers = consumers;
        this.topics = List.copyOf(topics);
        this.identities = identities;
        this.records = records;
        this.atEnd = atEnd;
        this.timing = timing;
        this.thread = Supervisor.ofProcess().unstarted("registry-reader", this::run);
    }

    public void start() {
        thread.start();
    }

    /** Whether everything that the topics held when first seen has been read. Never changes back to false. */
    public boolean caughtUp() {
        return caughtUp;
    }

    /** Why the topics aren't being read at the moment. */
    public Optional<String> trouble() {
        return Optional.of(trouble).filter(text -> !text.isEmpty());
    }

    @Override
    public void close() {
        closing.countDown();
        current.ifPresent(Consumer::wakeup);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed()) {
            try (Consumer<String, byte[]> consumer = consumers.get()) {
                current = Optional.of(consumer);
                follow(consumer);
            } catch (WakeupException e) {
                LOG.debug("woken up to close");
            } catch (Exception e) {
                report(e.getMessage() == null ? e.toString() : e.getMessage());
                pause(timing.retry());
            } finally {
                current = Optional.empty();
            }
        }
    }

    private void follow(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = awaitPartitions(consumer);
        if (closed()) {
            return;
        }
        Object identity = identities.apply(topics);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        trouble = "";
        boolean atEndNotified = false;
        long nextLook = System.nanoTime() + timing.refresh().toNanos();
        while (!closed()) {
            consumer.poll(timing.poll()).forEach(records);
            if (!atEndNotified && reached(consumer, ends)) {
                atEndNotified = true;
                notifyAtEnd();
            }
            if (System.nanoTime() - nextLook > 0) {
                if (!partitions(consumer).equals(partitions)
                        || !identities.apply(topics).equals(identity)) {
                    LOG.info("{} have other partitions, or were created again: reading all again", topics);
                    return;
                }
                nextLook = System.nanoTime() + timing.refresh().toNanos();
            }
        }
    }

    private void notifyAtEnd() {
        LOG.info("{} are read to their ends", topics);
        caughtUp = true;
        atEnd.run();
    }

    private static boolean reached(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private List<TopicPartition> awaitPartitions(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = partitions(consumer);
        while (partitions.isEmpty() && !closed()) {
            pause(timing.retry());
            partitions = partitions(consumer);
        }
        return partitions;
    }

    /** All topics' partitions; empty while a topic is missing. */
    private List<TopicPartition> partitions(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            List<PartitionInfo> found =
                    Optional.ofNullable(consumer.partitionsFor(topic)).orElse(List.of());
            if (found.isEmpty()) {
                report("topic " + topic + " doesn't exist yet");
                return List.of();
            }
            found.stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .sorted((one, other) -> Integer.compare(one.partition(), other.partition()))
                    .forEach(partitions::add);
        }
        return partitions;
    }

    private void report(String message) {
        if (!message.equals(trouble)) {
            LOG.warn("can't read {}, still trying: {}", topics, message);
        }
        trouble = message;
    }

    private boolean closed() {
        return closing.getCount() == 0;
    }

    private void pause(Duration duration) {
        try {
            if (closing.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("closing ends the pause");
            }
        } catch (InterruptedException e) {
            closing.countDown();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * @param poll the longest wait for records
     * @param retry the pause after a failure
     * @param refresh the time between two polls for new partitions
     */
    public record Timing(Duration poll, Duration retry, Duration refresh) {}
}
