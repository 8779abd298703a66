package io.catwalk.ingestion;

import static io.catwalk.ingestion.IntakeStack.TIMEOUT;
import static io.catwalk.ingestion.IntakeStack.TOPIC;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.catwalk.local.ServiceProcess;
import io.restassured.http.ContentType;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of requests while the store refuses, the broker is away, a process dies, or a channel ends. */
class IntakeFaultsIT {
    private IntakeStack stack;

    @BeforeEach
    void start() {
        stack = IntakeStack.start(Map.of());
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Tag("fault-39")
    @Test
    void aPassingRefusalOfTheStoreIsRetriedAndShowsInReadiness() {
        try (ServiceProcess service = stack.startService()) {
            stack.gate().refuse(true);
            stack.topics().send(TOPIC, stack.request("held"));

            await().atMost(TIMEOUT)
                    .untilAsserted(() -> when().get(service.management("/q/health/ready"))
                            .then()
                            .statusCode(503)
                            .body(containsString("waiting to be retried: ")));
            when().get(service.management("/q/health/live")).then().statusCode(200);
            stack.gate().refuse(false);

            IntakeStack.awaitDataset(service, "held");
            assertThat(stack.topics().all(RawTopics.DEAD_LETTERS)).isEmpty();
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> when().get(service.management("/q/health/ready"))
                            .then()
                            .statusCode(200));
        }
    }

    @Tag("soak")
    @Test
    void aRecordThatIsRetriedForLongerThanAnyLimitOfTheConsumerEndsNoChannel() throws InterruptedException {
        // The limits of the consumer, and of the connector's own commit strategy, are 5 minutes and 1 by default.
        String impatient = "-Dmp.messaging.connector.smallrye-kafka.max.poll.interval.ms=15000"
                + " -Dmp.messaging.connector.smallrye-kafka.throttled.unprocessed-record-max-age.ms=15000";
        try (ServiceProcess service =
                stack.startService(Map.of("JDK_JAVA_OPTIONS", impatient)).awaitReady()) {
            stack.gate().refuse(true);
            // More than wait in memory, so that the consumer pauses.
            List<String> names =
                    IntStream.range(0, 60).mapToObj(i -> "held-" + i).toList();
            names.forEach(name -> stack.topics()
                    .send(new ProducerRecord<>(
                            TOPIC, 0, null, stack.request(name).getBytes(UTF_8))));

            await().during(Duration.ofSeconds(25))
                    .atMost(Duration.ofSeconds(40))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> when().get(service.management("/q/health/live"))
                            .then()
                            .statusCode(200));
            stack.gate().refuse(false);

            names.forEach(name -> IntakeStack.awaitDataset(service, name));
            assertThat(stack.topics().all(RawTopics.DEAD_LETTERS)).isEmpty();
            assertThat(service.failure()).isEmpty();
        }
    }

    @Tag("soak")
    @Test
    void aPollThatKeepsFailingEndsTheProcess() {
        stack.topics().send(TOPIC, stack.request("unread"));
        try (ServiceProcess service = stack.startService(
                Map.of("JDK_JAVA_OPTIONS", "-Dmp.messaging.connector.smallrye-kafka.auto.offset.reset=none"))) {
            await().atMost(TIMEOUT).until(() -> service.failure().isPresent());
            assertThat(service.failure().orElseThrow()).hasMessageContaining("ended with exit code 71");
        }
        try (ServiceProcess mended = stack.startService()) {
            IntakeStack.awaitDataset(mended, "unread");
        }
    }

    @Test
    void aChannelThatEndsEndsTheProcess() {
        try (ServiceProcess service = stack.startService(
                        Map.of("JDK_JAVA_OPTIONS", "-Dmp.messaging.connector.smallrye-kafka.cloud-events=true"))
                .awaitReady()) {
            ProducerRecord<byte[], byte[]> poison = new ProducerRecord<>(TOPIC, "not json".getBytes(UTF_8));
            poison.headers().add("content-type", "application/cloudevents+json".getBytes(UTF_8));
            stack.topics().send(poison);

            await().atMost(TIMEOUT).until(() -> service.failure().isPresent());
            assertThat(service.failure().orElseThrow()).hasMessageContaining("ended with exit code 71");
        }
        try (ServiceProcess mended = stack.startService()) {
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(stack.topics().all(RawTopics.DEAD_LETTERS))
                            .singleElement()
                            .satisfies(letter ->
                                    assertThat(RawTopics.reason(letter)).startsWith("value is not JSON")));
            stack.topics().send(TOPIC, stack.request("after"));
            IntakeStack.awaitDataset(mended, "after");
        }
    }

    @Tag("fault-1")
    @Tag("soak")
    @Test
    void aBrokerThatIsAwayCostsNoLetterAndNoRequest() {
        try (ServiceProcess service = stack.startService()) {
            stack.gate().refuse(true);
            stack.topics().send(TOPIC, stack.request("waiting"));
            stack.topics().send(TOPIC, "poison");
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> when().get(service.management("/q/health/ready"))
                            .then()
                            .statusCode(503));
            stack.killBroker();
            stack.gate().refuse(false);
            given().contentType(ContentType.JSON)
                    .body(stack.request("over-http"))
                    .post(service.at("/datasets"))
                    .then()
                    .statusCode(503);
            stack.restartBroker();

            IntakeStack.awaitDataset(service, "waiting");
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(stack.topics().all(RawTopics.DEAD_LETTERS))
                            .extracting(RawTopics::reason)
                            .isNotEmpty()
                            .allSatisfy(reason -> assertThat(reason).startsWith("value is not JSON")));
            stack.topics().send(TOPIC, stack.request("after"));
            IntakeStack.awaitDataset(service, "after");
        }
    }

    @Tag("fault-15")
    @Tag("soak")
    @Test
    void aRecordThatNoLetterCanBeWrittenOfIsKept() throws Exception {
        try (ServiceProcess service = stack.startService();
                Admin admin =
                        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrapServers()))) {
            admin.deleteTopics(List.of(RawTopics.DEAD_LETTERS)).all().get();
            long poison = stack.topics()
                    .send(new ProducerRecord<>(TOPIC, 0, null, "poison".getBytes(UTF_8)))
                    .offset();
            stack.topics()
                    .send(new ProducerRecord<>(
                            TOPIC, 0, null, stack.request("behind").getBytes(UTF_8)));
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> when().get(service.management("/q/health/ready"))
                            .then()
                            .statusCode(503)
                            .body(containsString("waiting to be retried: ")));
            when().get(service.management("/q/health/live")).then().statusCode(200);
            assertThat(acknowledged(admin)).isLessThanOrEqualTo(poison);

            admin.createTopics(List.of(new NewTopic(RawTopics.DEAD_LETTERS, Optional.of(1), Optional.empty())))
                    .all()
                    .get();

            IntakeStack.awaitDataset(service, "behind");
            assertThat(stack.topics().all(RawTopics.DEAD_LETTERS))
                    .singleElement()
                    .satisfies(letter -> assertThat(RawTopics.reason(letter)).startsWith("value is not JSON"));
        }
    }

    /** The first offset of partition 0 that its group hasn't acknowledged. */
    private static long acknowledged(Admin admin) throws Exception {
        return Optional.ofNullable(admin.listConsumerGroupOffsets("ingestion")
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .get(new TopicPartition(TOPIC, 0)))
                .map(OffsetAndMetadata::offset)
                .orElse(0L);
    }

    @Tag("soak")
    @Test
    void anotherProcessTakesOverSoonFromOneThatWasKilled() {
        ServiceProcess killed = stack.startService();
        stack.topics().send(TOPIC, stack.request("before"));
        IntakeStack.awaitDataset(killed, "before");
        try (ServiceProcess next = stack.startService()) {
            killed.kill();
            long since = System.nanoTime();
            List.of(0, 1, 2)
                    .forEach(partition -> stack.topics()
                            .send(new ProducerRecord<>(
                                    TOPIC,
                                    partition,
                                    null,
                                    stack.request("after-" + partition).getBytes(UTF_8))));

            Stream.of("after-0", "after-1", "after-2").forEach(name -> IntakeStack.awaitDataset(next, name));
            Duration took = Duration.ofNanos(System.nanoTime() - since);
            assertThat(took)
                    .as("time until a killed process's requests are read")
                    .isLessThan(Duration.ofSeconds(30));
        }
    }

    @Tag("soak")
    @Test
    void whatIsntAcknowledgedIsCountedOnceUnderTheTopicsOwnName() throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrapServers()))) {
            admin.createTopics(Stream.of(
                                    "dataset-requested",
                                    "dataset-cancel-requested",
                                    "dataset-ready",
                                    "dataset-rejected",
                                    "dead-letters")
                            .map(name -> new NewTopic("team-a." + name, Optional.of(3), Optional.empty()))
                            .toList())
                    .all()
                    .get();
        }
        try (ServiceProcess service = stack.startService(Map.of("CATWALK_EVENTS_TOPIC_PREFIX", "team-a."))
                .awaitReady()) {
            awaitUnacknowledged(service, 0);
            stack.gate().refuse(true);
            byte[] request = stack.request("many").getBytes(UTF_8);
            stack.topics().sendAll(Collections.nCopies(3_300, new ProducerRecord<>("team-a." + TOPIC, request)));

            awaitUnacknowledged(service, 3_300);
        }
    }

    private static void awaitUnacknowledged(ServiceProcess service, int count) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(when().get(service.management("/q/metrics"))
                                .asString()
                                .lines()
                                .filter(line -> line.startsWith("catwalk_events_unacknowledged{")))
                        .containsExactlyInAnyOrder(
                                "catwalk_events_unacknowledged{topic=\"dataset-requested\"} " + count + ".0",
                                "catwalk_events_unacknowledged{topic=\"dataset-cancel-requested\"} 0.0"));
    }
}
