package io.catwalk.chassis.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.catwalk.chassis.errors.BadInputException;
import io.catwalk.chassis.errors.ConflictingRequestException;
import io.catwalk.chassis.errors.UnmeetableRequestException;
import io.catwalk.chassis.events.EventReceiver.EventOutcome;
import io.catwalk.chassis.events.EventReceiver.EventTask;
import io.catwalk.chassis.node.Nodes;
import io.catwalk.chassis.readiness.StoreChecks;
import io.catwalk.chassis.topics.EventMetrics;
import io.catwalk.chassis.topics.EventsConfig;
import io.catwalk.dataset.v1.DatasetCancelRequested;
import io.catwalk.events.EventDecoder;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.StoreUnavailableException;
import io.catwalk.supervision.Supervisor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class EventReceiverTest {
    private static final String TOPIC = EventType.DATASET_CANCEL_REQUESTED.topic();

    private final ScriptedChannel channel = new ScriptedChannel(true);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final EventReceiver receiver = receiver(channel, meters);
    private final List<String> handled = new ArrayList<>();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("refusals")
    void anErrorOfTheRequestLeavesALetterWithItsMessage(RuntimeException error) throws InterruptedException {
        receiver.receive(EventType.DATASET_CANCEL_REQUESTED, request("bad"), (event, asker) -> {
            throw error;
        });

        assertThat(channel.messages())
                .singleElement()
                .satisfies(letter -> assertThat(reason(letter)).isEqualTo(error.getMessage()));
        assertThat(count("refused")).isEqualTo(1);
    }

    static List<RuntimeException> refusals() {
        return List.of(
                new BadInputException("trial 1: epochs is 0"),
                new ConflictingRequestException("id is a"),
                new UnmeetableRequestException("version is 7"),
                new UnknownEntryException("this release can't read it"));
    }

    @Test
    void aDefectLeavesALetterWithItsIncidentAndTheNextRecordProceeds() throws InterruptedException {
        EventTask<DatasetCancelRequested> task = (event, asker) -> {
            if (event.payload().getIngestionId().equals("defect")) {
                throw new IllegalArgumentException("nobody knows");
            }
            handled.add(event.payload().getIngestionId());
            return EventOutcome.ACCEPTED;
        };

        receiver.receive(EventType.DATASET_CANCEL_REQUESTED, request("defect"), task);
        receiver.receive(EventType.DATASET_CANCEL_REQUESTED, request("next"), task);

        assertThat(handled).containsExactly("next");
        assertThat(channel.messages()).singleElement().satisfies(letter -> {
            assertThat(new String(letter.getPayload(), UTF_8)).contains("defect");
            assertThat(reason(letter))
                    .matches("internal error; the service's log has it under [0-9a-f-]{36}")
                    .doesNotContain("nobody knows");
        });
        assertThat(count("refused")).isEqualTo(1);
        assertThat(count("accepted")).isEqualTo(1);
    }

    @Test
    void aRecordIsTriedAgainUntilTheStoreAnswers() throws InterruptedException {
        List<Integer> tries = new ArrayList<>();

        receiver.receive(EventType.DATASET_CANCEL_REQUESTED, request("retried"), (event, asker) -> {
            tries.add(tries.size());
            if (tries.size() < 5) {
                throw new StoreUnavailableException("away");
            }
            return EventOutcome.REPEATED;
        });

        assertThat(tries).hasSize(5);
        assertThat(channel.messages()).isEmpty();
        assertThat(count("repeated")).isEqualTo(1);
    }

    @Tag("fault-37")
    @Test
    void anErrorInAHandlerEndsTheProcessBeforeTheRecordIsAcknowledged() throws Exception {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(process.waitFor()).isEqualTo(Supervisor.EXIT_STATUS);
        assertThat(output).content().contains("handling victim").doesNotContain("acknowledged");
    }

    private double count(String outcome) {
        return meters.counter("catwalk.events", "topic", TOPIC, "outcome", outcome)
                .count();
    }

    private static String reason(Message<byte[]> letter) {
        var metadata = letter.getMetadata(OutgoingKafkaRecordMetadata.class).orElseThrow();
        return new String(metadata.getHeaders().lastHeader("dead-letter-reason").value(), UTF_8);
    }

    private static ConsumerRecord<byte[], byte[]> request(String ingestion) {
        return new ConsumerRecord<>(
                TOPIC,
                0,
                7,
                new byte[0],
                "{\"ingestionId\":\"%s\"}".formatted(ingestion).getBytes(UTF_8));
    }

    private static EventReceiver receiver(ScriptedChannel channel, SimpleMeterRegistry meters) {
        Topics topics = Topics.unprefixed();
        EventMetrics metrics = new EventMetrics(meters);
        EventPublisher publisher = new EventPublisher(channel, topics, metrics, Clock.systemUTC(), Nodes.of("test"));
        return new EventReceiver(
                new EventDecoder(Clock.systemUTC()),
                new DeadLetters(publisher, topics),
                metrics,
                StoreChecks.passing(),
                new RecordsInProgress(),
                new AskedEvents(new InMemoryObjectStore(InstantSource.system()), Clock.systemUTC()),
                new QuickConfig());
    }

    private static final class QuickConfig implements EventsConfig {
        @Override
        public Optional<String> topicPrefix() {
            return Optional.empty();
        }

        @Override
        public Duration unacknowledgedRefresh() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Backoff backoff() {
            return new Backoff() {
                @Override
                public Duration first() {
                    return Duration.ofMillis(1);
                }

                @Override
                public Duration longest() {
                    return Duration.ofMillis(5);
                }
            };
        }
    }

    /** A process whose handler meets an error. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] args) throws InterruptedException {
            receiver(new ScriptedChannel(true), new SimpleMeterRegistry())
                    .receive(EventType.DATASET_CANCEL_REQUESTED, request("victim"), (event, asker) -> {
                        System.out.println("handling " + event.payload().getIngestionId());
                        throw new StackOverflowError("deep");
                    });
            System.out.println("acknowledged");
        }
    }
}
