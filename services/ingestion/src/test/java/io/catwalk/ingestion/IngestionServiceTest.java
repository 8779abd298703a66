package io.catwalk.ingestion;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import io.catwalk.journal.Asker;
import io.catwalk.journal.Draft;
import io.catwalk.journal.Entry;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.Event;
import io.catwalk.journal.Journal;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Retry;
import io.catwalk.journal.job.Jobs;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(IngestionServiceTest.InMemory.class)
class IngestionServiceTest {
    private static final Path ROOT = temporaryFolder();
    private static final Retry RETRY = new Retry(Duration.ofMillis(1), Duration.ofMillis(10));

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    @Any
    InMemoryConnector connector;

    @Inject
    InMemoryStore store;

    /** Broker and store in memory, and one dataset in the catalogue. */
    public static final class InMemory implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Path catalogue = TinyDataset.write(ROOT.resolve("catalogue"), TinyDataset.files(1));
            Map<String, String> overrides = new HashMap<>();
            overrides.put("mp.messaging.incoming.dataset-cancel-requested.connector", InMemoryConnector.CONNECTOR);
            overrides.put("quarkus.management.test-port", "0");
            overrides.put("catwalk.access.enabled", "false");
            overrides.put("catwalk.ingestion.max-images", "12");
            overrides.putAll(Map.of(
                    "mp.messaging.incoming.dataset-requested.connector",
                    InMemoryConnector.CONNECTOR,
                    "mp.messaging.outgoing.events.connector",
                    InMemoryConnector.CONNECTOR,
                    "catwalk.store.access-key",
                    "unused",
                    "catwalk.store.secret-key",
                    "unused",
                    "catwalk.jobs.poll",
                    "100ms",
                    "catwalk.ingestion.folder-roots",
                    ROOT.toString(),
                    "catwalk.ingestion.work-folder",
                    ROOT.resolve("work").toString(),
                    "catwalk.ingestion.catalogue.tiny.folder",
                    catalogue.toString(),
                    "catwalk.ingestion.catalogue.tiny.validation-size",
                    "3",
                    "quarkus.http.test-port",
                    "0"));
            return overrides;
        }
    }

    @BeforeEach
    void awaitCatalogue() {
        await().ignoreExceptions()
                .untilAsserted(() -> when().get("/datasets/tiny").then().statusCode(200));
    }

    @Test
    void ingestsTheCatalogueAtStart() {
        when().get("/datasets/tiny")
                .then()
                .body("newest.state", is("ready"))
                .body("newest", not(hasKey("reason")))
                .body("newest.ingestionId", matchesPattern("catalogue-tiny-[0-9a-f]{12}"))
                .body("newest.images.train", is(9))
                .body("manifest.imageShape.height", is(3))
                .body("manifest.counts.validation.perClass", equalTo(List.of(2, 1)))
                .body("manifest.files.trainImages.digest", startsWith("sha256:"))
                .body("links.samples", is("/datasets/tiny/samples.png"));
        byte[] picture = when().get("/datasets/tiny/samples.png")
                .then()
                .statusCode(200)
                .contentType("image/png")
                .extract()
                .asByteArray();
        assertThat(picture).startsWith(0x89, 'P', 'N', 'G');
        when().get("/datasets").then().body("dataset", hasItem("tiny"));
        when().get(management.resolve("/q/metrics"))
                .then()
                .body(containsString("catwalk_dataset_images{dataset=\"tiny\",split=\"train\"} 9.0"))
                .body(containsString("catwalk_jobs_open{kind=\"ingestion\"}"))
                .body(containsString("catwalk_jobs_claimed{kind=\"ingestion\"}"))
                .body(containsString("catwalk_jobs_total{kind=\"ingestion\",outcome=\"succeeded\"}"));
        when().get(management.resolve("/q/health/ready")).then().body("status", is("UP"));
    }

    @Test
    void aRequestOverHttpBecomesAnEventAndThenADataset() {
        Path folder = TinyDataset.write(ROOT.resolve("asked"), TinyDataset.files(3));
        String id = post("""
                {"dataset": "asked", "source": {"folder": "%s"}, "validationSize": 4}
                """.formatted(folder))
                .statusCode(202)
                .header("Location", containsString("/ingestions/"))
                .extract()
                .path("ingestionId");

        deliver(sent(id));

        await().untilAsserted(() -> when().get("/ingestions/" + id)
                .then()
                .statusCode(200)
                .body("state", is("succeeded"))
                .body("entry", is(1))
                .body("request.dataset", is("asked"))
                .body("links.dataset", is("/datasets/asked")));
        when().get("/datasets/asked").then().body("manifest.validationSize", is(4));
    }

    @Test
    void anIngestionThatWaitsIsListedWithItsReasonUntilItIsCancelled() throws IOException {
        Path folder = TinyDataset.write(ROOT.resolve("stalled"), TinyDataset.files(3));
        Path images = folder.resolve(TinyDataset.TRAIN_IMAGES);
        // A file that is there and can't be read: a link to itself.
        Files.delete(images);
        Files.createSymbolicLink(images, images);
        String id = post("{\"ingestionId\": \"stalled-1\", \"dataset\": \"stalled\", \"source\": {\"folder\": \"%s\"}}"
                        .formatted(folder))
                .statusCode(202)
                .extract()
                .path("ingestionId");
        deliver(sent(id));
        await().untilAsserted(() -> when().get("/ingestions/stalled-1")
                .then()
                .body("state", is("waiting"))
                .body("reason", is("its source can't be reached; the service's log says why"))
                .body("links", not(hasKey("dataset"))));
        when().get("/datasets/stalled").then().statusCode(404);
        when().get("/ingestions")
                .then()
                .body(
                        "find {it.ingestionId == 'stalled-1'}.reason",
                        is("its source can't be reached; the service's log says why"));

        given().contentType(ContentType.JSON)
                .body("{\"reason\": \"never mind\"}")
                .post("/ingestions/stalled-1/cancel")
                .then()
                .statusCode(202)
                .body("links.self", is("/ingestions/stalled-1"));
        deliver("dataset-cancel-requested", sentTo("dataset-cancel-requested"));

        await().untilAsserted(() -> when().get("/ingestions/stalled-1")
                .then()
                .body("state", is("cancelled"))
                .body("reason", is("never mind")));
        when().get("/datasets/stalled").then().body("newest.reason", is("never mind"));
        when().get("/ingestions").then().body("find {it.ingestionId == 'stalled-1'}.state", is("cancelled"));
        given().post("/ingestions/stalled-1/cancel").then().statusCode(409);
        given().post("/ingestions/A%20b/cancel").then().statusCode(404);
    }

    @Test
    void aRejectionIsSeenWithItsReason() {
        String id = post("""
                {"ingestionId": "lost-1", "dataset": "lost", "source": {"folder": "/absent"}}
                """).statusCode(202).extract().path("ingestionId");
        assertThat(id).isEqualTo("lost-1");

        deliver(sent(id));

        await().untilAsserted(() -> when().get("/ingestions/lost-1").then().body("state", is("failed")));
        when().get("/ingestions/lost-1").then().body("reason", startsWith("source.folder is \"/absent\""));
        when().get("/datasets/lost")
                .then()
                .statusCode(200)
                .body("newest.state", is("rejected"))
                .body("links", not(hasKey("samples")))
                .body("links.ingestion", is("/ingestions/lost-1"))
                .body("history.size()", is(1));
        when().get("/datasets/lost/samples.png")
                .then()
                .statusCode(404)
                .body("error", is("no content of dataset lost is ready"));
        post("{\"ingestionId\": \"lost-1\", \"dataset\": \"lost\", \"source\": {\"folder\": \"/other\"}}")
                .statusCode(409)
                .body("error", is("id is lost-1, which belongs to another request of ingestions; choose another id"));
    }

    @Test
    void refusesMoreImagesThanAreAllowed() {
        Map<String, byte[]> files = TinyDataset.files(1);
        files.get(TinyDataset.TRAIN_IMAGES)[7] = 13;
        Path folder = TinyDataset.write(ROOT.resolve("many"), files);

        deliver(sent(post("""
                {"ingestionId": "many-1", "dataset": "many", "source": {"folder": "%s"}}
                """.formatted(folder)).statusCode(202).extract().path("ingestionId")));

        await().untilAsserted(() -> when().get("/ingestions/many-1")
                .then()
                .body("state", is("failed"))
                .body("reason", containsString("byte 4 (count): 13, must be 1 to 12")));
    }

    @Test
    void republishesTheJournals() {
        List<String> first = ids();
        assertThat(first).contains("datasets/tiny/journal/1");

        int published =
                given().post("/republish").then().statusCode(200).extract().path("published");

        assertThat(published).isPositive();
        assertThat(ids().subList(first.size(), ids().size())).contains("datasets/tiny/journal/1");
    }

    @Test
    void aRecordThatCannotBeReadIsNoJob() {
        Message<ConsumerRecord<byte[], byte[]>> poison = Message.of(record("not json", new RecordHeaders()));
        var acknowledged = new CompletableFuture<Void>();

        connector
                .<Message<ConsumerRecord<byte[], byte[]>>>source("dataset-requested")
                .send(poison.withAck(() -> {
                    acknowledged.complete(null);
                    return CompletableFuture.completedFuture(null);
                }));

        acknowledged.join();
        assertThat(letters())
                .singleElement()
                .satisfies(letter ->
                        assertThat(header(letter, "dead-letter-reason")).contains("value is not JSON"));
    }

    private List<? extends Message<byte[]>> letters() {
        return sentTo(topic -> topic.equals("dead-letters"));
    }

    private List<? extends Message<byte[]>> events() {
        return sentTo(topic -> !topic.equals("dead-letters"));
    }

    private List<? extends Message<byte[]>> sentTo(Predicate<String> topic) {
        return connector.<byte[]>sink("events").received().stream()
                .filter(message -> topic.test(message.getMetadata(OutgoingKafkaRecordMetadata.class)
                        .orElseThrow()
                        .getTopic()))
                .toList();
    }

    /** As after a rollback. The job is left to the newer release, untouched; all others go on. */
    @Test
    void aJobWithAnEventOfANewerReleaseIsLeftAloneAndShown() throws Exception {
        Name id = new Name("newer");
        Jobs client = new Jobs(store.watched(), JobKind.INGESTION, "newer release", RETRY);
        client.accept(id, JournalJson.parse("{}"), "digest", Asker.within("a test"));
        Entry accepted = client.history(id).getFirst().entry();
        Event unknown = new Event("dataset-archived", Instant.EPOCH, JournalJson.parse("{}"));
        new Journal(store.watched(), Artifacts.journal(JobKind.INGESTION, id), "newer release", RETRY)
                .append(1, new Draft(EntryKind.RELEASED, 0, Optional.of(unknown), accepted.fold()));

        await().untilAsserted(() -> when().get(management.resolve("/q/metrics"))
                .then()
                .body(containsString("catwalk_jobs_unreadable{kind=\"ingestion\"} 1.0")));
        assertThat(client.history(id)).hasSize(2);
        store.watched().delete(Artifacts.open(JobKind.INGESTION).key(id.value()));
    }

    private static ValidatableResponse post(String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/datasets")
                .then();
    }

    private List<String> ids() {
        return events().stream().map(message -> header(message, "ce_id")).toList();
    }

    private Message<byte[]> sent(String id) {
        return events().stream()
                .filter(message -> header(message, "ce_id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Message<byte[]> sentTo(String topic) {
        return connector.<byte[]>sink("events").received().stream()
                .filter(message -> topic.equals(message.getMetadata(OutgoingKafkaRecordMetadata.class)
                        .orElseThrow()
                        .getTopic()))
                .findFirst()
                .orElseThrow();
    }

    private void deliver(Message<byte[]> message) {
        deliver("dataset-requested", message);
    }

    private void deliver(String channel, Message<byte[]> message) {
        Headers headers = message.getMetadata(OutgoingKafkaRecordMetadata.class)
                .orElseThrow()
                .getHeaders();
        connector.<ConsumerRecord<byte[], byte[]>>source(channel).send(record(message.getPayload(), headers));
    }

    private static String header(Message<byte[]> message, String name) {
        Headers headers = message.getMetadata(OutgoingKafkaRecordMetadata.class)
                .orElseThrow()
                .getHeaders();
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static ConsumerRecord<byte[], byte[]> record(String value, Headers headers) {
        return record(value.getBytes(StandardCharsets.UTF_8), headers);
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] value, Headers headers) {
        return new ConsumerRecord<>(
                "dataset-requested",
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                -1,
                value.length,
                null,
                value,
                headers,
                Optional.empty());
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("catwalk-ingestion-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
