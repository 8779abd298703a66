package io.catwalk.evaluation.rollout.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.catwalk.evaluation.rollout.topic.UngroupedTopic;
import io.catwalk.events.EventDecoder;
import io.catwalk.journal.job.LeaseEndedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log in Kafka. Its partitions are read backwards from their ends in blocks, beside each other, until enough requests are found. */
public final class KafkaLoggedRequests implements LoggedRequests {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaLoggedRequests.class);
    private static final Duration POLL = Duration.ofMillis(250);
    /** How long a broker may give no record. */
    private static final long SILENCE_NANOS = 10_000_000_000L;
    /** Offsets of a block. */
    private static final long BLOCK = 1_000;
    /** Of images that are kept. */
    private static final long MAX_BYTES = 32L << 20;

    private final UngroupedTopic topic;
    private final EventDecoder decoder;

    public KafkaLoggedRequests(UngroupedTopic topic, EventDecoder decoder) {
        this.topic = topic;
        this.decoder = decoder;
    }

    @Override
    public Found newest(Wanted wanted, Progress progress)
            throws UnreadableLogException, LeaseEndedException, InterruptedException {
        Consumer<byte[], byte[]> consumer = topic.open();
        try {
            List<TopicPartition> partitions = topic.partitions(consumer);
            if (partitions.isEmpty()) {
                throw new UnreadableLogException("there is no topic " + topic.name());
            }
            return new Scan(consumer, wanted, progress).read(partitions);
        } catch (InterruptException e) {
            throw UngroupedTopic.interrupted();
        } catch (KafkaException e) {
            LOG.warn("can't read {}", topic.name(), e);
            throw new UnreadableLogException(
                    "topic " + topic.name() + " can't be read; the log of evaluation says why", e);
        } finally {
            topic.close(consumer);
        }
    }

    /** One look at the log. */
    private final class Scan {
        private final Consumer<byte[], byte[]> consumer;
        private final Progress progress;
        private final LogSelection selection;
        private final Map<TopicPartition, Block> read = new HashMap<>();
        private final long ends;

        Scan(Consumer<byte[], byte[]> consumer, Wanted wanted, Progress progress) {
            this.consumer = consumer;
            this.progress = progress;
            this.selection = new LogSelection(wanted, MAX_BYTES, decoder);
            this.ends = System.nanoTime() + wanted.within().toNanos();
        }

        Found read(List<TopicPartition> partitions)
                throws UnreadableLogException, LeaseEndedException, InterruptedException {
            Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
            partitions.forEach(partition -> read.put(partition, new Block(end.get(partition), end.get(partition))));
            Set<TopicPartition> left = new HashSet<>(partitions);
            left.removeIf(partition -> first.get(partition) >= end.get(partition));
            while (!left.isEmpty() && !selection.full() && !late()) {
                Map<TopicPartition, Block> blocks = new HashMap<>();
                for (TopicPartition partition : left) {
                    long to = read.get(partition).from;
                    blocks.put(partition, new Block(Math.max(first.get(partition), to - BLOCK), to));
                }
                read(blocks);
                blocks.forEach((partition, block) -> read.get(partition).from = block.from);
                left.removeIf(
                        partition -> blocks.get(partition).old || blocks.get(partition).from <= first.get(partition));
            }
            Map<Integer, Offsets> offsets = new HashMap<>();
            read.forEach((partition, block) -> offsets.put(partition.partition(), new Offsets(block.from, block.to)));
            return selection.found(offsets);
        }

        /** Reads blocks of partitions to their ends, or until it is late. */
        private void read(Map<TopicPartition, Block> blocks)
                throws UnreadableLogException, LeaseEndedException, InterruptedException {
            consumer.assign(blocks.keySet());
            // A partition that was in the last block's assignment too is still paused.
            consumer.resume(blocks.keySet());
            blocks.forEach((partition, block) -> consumer.seek(partition, block.from));
            Set<TopicPartition> open = new HashSet<>(blocks.keySet());
            long heard = System.nanoTime();
            while (!open.isEmpty() && !late()) {
                progress.made();
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    Block block = blocks.get(new TopicPartition(record.topic(), record.partition()));
                    if (record.offset() < block.to) {
                        block.old = selection.isOld(record);
                        selection.take(record);
                    }
                }
                List<TopicPartition> done = new ArrayList<>(open);
                done.removeIf(partition -> consumer.position(partition) < blocks.get(partition).to);
                consumer.pause(done);
                open.removeAll(done);
                long now = System.nanoTime();
                if (!records.isEmpty() || !done.isEmpty()) {
                    heard = now;
                } else if (now - heard > SILENCE_NANOS) {
                    throw new UnreadableLogException("the broker gives no records of " + topic.name());
                }
            }
        }

        private boolean late() {
            return System.nanoTime() - ends >= 0;
        }
    }

    /** Offsets of a partition. */
    private static final class Block {
        private long from;
        private final long to;
        /** Whether its newest record is too old. */
        private boolean old;

        Block(long from, long to) {
            this.from = from;
            this.to = to;
        }
    }
}
