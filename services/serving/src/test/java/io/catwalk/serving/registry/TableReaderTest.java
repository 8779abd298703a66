package io.catwalk.serving.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.catwalk.serving.registry.TableReader.Timing;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TableReaderTest {
    private static final Timing TIMING = new Timing(Duration.ofMillis(5), Duration.ofMillis(5), Duration.ofMillis(50));
    private static final TopicPartition FIRST = new TopicPartition("table", 0);
    private static final TopicPartition SECOND = new TopicPartition("table", 1);

    private final List<String> read = new CopyOnWriteArrayList<>();
    private final AtomicInteger ends = new AtomicInteger();
    private final AtomicReference<String> identity = new AtomicReference<>("first");

    @Test
    void readsAllPartitionsFromTheStartAndKnowsTheirEnds() {
        MockConsumer<String, byte[]> consumer = consumer();
        withTopic(consumer, 2);
        consumer.updateEndOffsets(Map.of(FIRST, 2L, SECOND, 1L));
        try (TableReader reader = reader(queueOf(consumer))) {
            reader.start();
            await().until(() -> consumer.assignment().size() == 2);
            add(consumer, FIRST, 0, "a");
            add(consumer, SECOND, 0, "b");
            await().until(() -> read.size() == 2);
            assertThat(reader.caughtUp()).as("one record is still to come").isFalse();

            add(consumer, FIRST, 1, "c");
            await().until(reader::caughtUp);
            assertThat(read).containsExactlyInAnyOrder("a", "b", "c");
            assertThat(reader.trouble()).isEmpty();
            assertThat(ends).hasValue(1);
        }
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void emptyTopicsAreReadToTheirEndsAtOnce() {
        MockConsumer<String, byte[]> consumer = consumer();
        withTopic(consumer, 1);
        consumer.updateEndOffsets(Map.of(FIRST, 0L));
        try (TableReader reader = reader(queueOf(consumer))) {
            reader.start();
            await().until(reader::caughtUp);
        }
    }

    @Tag("fault-2")
    @Test
    void waitsForABrokerThatIsDownAndATopicThatIsMissing() {
        MockConsumer<String, byte[]> consumer = consumer();
        AtomicInteger tries = new AtomicInteger();
        Supplier<MockConsumer<String, byte[]>> consumers = () -> {
            if (tries.getAndIncrement() < 3) {
                throw new KafkaException("no broker");
            }
            return consumer;
        };
        try (TableReader reader = reader(consumers)) {
            reader.start();
            await().untilAsserted(() -> assertThat(reader.trouble()).contains("topic table doesn't exist yet"));
            assertThat(reader.caughtUp()).isFalse();

            consumer.updateEndOffsets(Map.of(FIRST, 0L));
            withTopic(consumer, 1);
            await().until(reader::caughtUp);
        }
    }

    @Test
    void readsEverythingAgainAfterAFailureAndStaysCaughtUp() {
        MockConsumer<String, byte[]> broken = consumer();
        withTopic(broken, 1);
        broken.updateEndOffsets(Map.of(FIRST, 0L));
        MockConsumer<String, byte[]> healthy = consumer();
        withTopic(healthy, 1);
        healthy.updateEndOffsets(Map.of(FIRST, 0L));
        try (TableReader reader = reader(queueOf(broken, healthy))) {
            reader.start();
            await().until(reader::caughtUp);
            broken.setPollException(new KafkaException("reset"));

            await().until(() -> healthy.assignment().size() == 1);
            add(healthy, FIRST, 0, "again");
            await().until(() -> read.contains("again"));
            assertThat(reader.caughtUp()).isTrue();
        }
    }

    @Test
    void readsAPartitionThatIsAddedLater() {
        MockConsumer<String, byte[]> before = consumer();
        withTopic(before, 1);
        before.updateEndOffsets(Map.of(FIRST, 0L));
        MockConsumer<String, byte[]> after = consumer();
        withTopic(after, 2);
        after.updateEndOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        try (TableReader reader = reader(queueOf(before, after))) {
            reader.start();
            await().until(reader::caughtUp);
            withTopic(before, 2);

            await().until(() -> after.assignment().size() == 2);
        }
    }

    @Test
    void readsATopicAgainThatWasCreatedAgain() {
        MockConsumer<String, byte[]> before = consumer();
        withTopic(before, 1);
        before.updateEndOffsets(Map.of(FIRST, 0L));
        MockConsumer<String, byte[]> after = consumer();
        withTopic(after, 1);
        after.updateEndOffsets(Map.of(FIRST, 0L));
        try (TableReader reader = reader(queueOf(before, after))) {
            reader.start();
            await().until(() -> ends.get() == 1);
            identity.set("second");

            await().untilAsserted(() -> assertThat(ends).as("published again").hasValue(2));
            assertThat(before.closed()).isTrue();
        }
    }

    private TableReader reader(Supplier<MockConsumer<String, byte[]>> consumers) {
        return new TableReader(
                consumers,
                List.of("table"),
                topics -> identity.get(),
                record -> read.add(new String(record.value(), StandardCharsets.UTF_8)),
                ends::incrementAndGet,
                TIMING);
    }

    private static Supplier<MockConsumer<String, byte[]>> queueOf(MockConsumer<String, byte[]> first) {
        Queue<MockConsumer<String, byte[]>> queue = new ArrayDeque<>(List.of(first));
        return queue::remove;
    }

    private static Supplier<MockConsumer<String, byte[]>> queueOf(
            MockConsumer<String, byte[]> first, MockConsumer<String, byte[]> second) {
        Queue<MockConsumer<String, byte[]>> queue = new ArrayDeque<>(List.of(first, second));
        return queue::remove;
    }

    private static MockConsumer<String, byte[]> consumer() {
        MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
        consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        return consumer;
    }

    private static void withTopic(MockConsumer<String, byte[]> consumer, int partitions) {
        Node node = new Node(1, "localhost", 1);
        Node[] nodes = {node};
        consumer.updatePartitions(
                "table",
                IntStream.range(0, partitions)
                        .mapToObj(partition -> new PartitionInfo("table", partition, node, nodes, nodes))
                        .toList());
    }

    private static void add(
            MockConsumer<String, byte[]> consumer, TopicPartition partition, long offset, String value) {
        consumer.addRecord(new ConsumerRecord<>(
                partition.topic(), partition.partition(), offset, "key", value.getBytes(StandardCharsets.UTF_8)));
    }
}
