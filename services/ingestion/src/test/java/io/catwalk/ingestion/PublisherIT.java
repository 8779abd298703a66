package io.catwalk.ingestion;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.catwalk.chassis.events.EventPublisher;
import io.catwalk.chassis.events.JournalEvents;
import io.catwalk.dataset.v1.DatasetRejected;
import io.catwalk.events.EventType;
import io.catwalk.local.BrokerProcess;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a service has to say while its broker stands still: so much waits, the rest is refused, and nothing changes places. */
@QuarkusTest
@WithTestResource(PublisherIT.Broker.class)
class PublisherIT {
    private static final int WAITING_AT_MOST = 1024;
    private static final int SENT = WAITING_AT_MOST + 100;
    /** Sooner than a caller waits for an acknowledgement. */
    private static final Duration SOON = Duration.ofSeconds(14);

    @Inject
    EventPublisher publisher;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @ConfigProperty(name = "test.broker.pid")
    long broker;

    @Tag("fault-3")
    @Test
    void whatWaitedForTheBrokerIsPublishedInItsOrderAndTheRestIsRefusedAtOnce() {
        publish(-1).join();
        post("{}").statusCode(400);
        signal("STOP");
        List<CompletableFuture<Void>> sent;
        try {
            sent = IntStream.range(0, SENT).mapToObj(this::publish).toList();

            assertThat(sent.subList(0, WAITING_AT_MOST)).noneMatch(CompletableFuture::isDone);
            assertThat(sent.subList(WAITING_AT_MOST, SENT)).allMatch(CompletableFuture::isCompletedExceptionally);
            Instant before = Instant.now();
            post("{\"dataset\":\"unheard\",\"source\":{\"folder\":\"/\"}}")
                    .statusCode(503)
                    .body("error", containsString("broker"));
            assertThat(Duration.between(before, Instant.now())).isLessThan(SOON);
        } finally {
            signal("CONT");
        }

        sent.subList(0, WAITING_AT_MOST).forEach(CompletableFuture::join);
        try (RawTopics topics = new RawTopics(bootstrapServers)) {
            assertThat(topics.all(EventType.DATASET_REJECTED.topic()))
                    .extracting(record -> RawTopics.header(record, "ce_id").orElseThrow())
                    .containsExactlyElementsOf(IntStream.range(-1, WAITING_AT_MOST)
                            .mapToObj(PublisherIT::id)
                            .toList());
        }
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(publish(SENT).isCompletedExceptionally()).isFalse());
    }

    private static ValidatableResponse post(String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/datasets")
                .then();
    }

    private CompletableFuture<Void> publish(int number) {
        DatasetRejected rejected = DatasetRejected.newBuilder()
                .setDataset("one-key")
                .setIngestionId("i-" + (number + 1))
                .setReason("number " + number)
                .setEntry(1)
                .build();
        return publisher
                .publish(id(number), JournalEvents.of(EventType.DATASET_REJECTED, Instant.now(), rejected))
                .thenRun(() -> {})
                .toCompletableFuture();
    }

    private static String id(int number) {
        return "event-" + number;
    }

    private void signal(String name) {
        try {
            int status = new ProcessBuilder("kill", "-" + name, Long.toString(broker))
                    .start()
                    .waitFor();
            assertThat(status).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A broker process for the service under test, which keeps its bucket in memory. */
    public static final class Broker implements QuarkusTestResourceLifecycleManager {
        private BrokerProcess broker;

        @Override
        public Map<String, String> start() {
            try {
                Path target = Files.createDirectories(Path.of("target", "it")).toAbsolutePath();
                broker = BrokerProcess.start(Files.createTempDirectory(target, "publisher"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Map.of(
                    "kafka.bootstrap.servers",
                    broker.bootstrapServers(),
                    "test.broker.pid",
                    Long.toString(broker.pid()),
                    "catwalk.store.access-key",
                    "unused",
                    "catwalk.store.secret-key",
                    "unused",
                    "catwalk.access.enabled",
                    "false",
                    "quarkus.management.test-port",
                    "0",
                    "quarkus.http.test-port",
                    "0");
        }

        @Override
        public void stop() {
            broker.close();
        }
    }
}
