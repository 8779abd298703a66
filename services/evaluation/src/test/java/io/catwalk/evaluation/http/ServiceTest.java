package io.catwalk.evaluation.http;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.google.protobuf.InvalidProtocolBufferException;
import io.catwalk.evaluation.FakeModels;
import io.catwalk.evaluation.Installation;
import io.catwalk.events.Event;
import io.catwalk.events.EventEncoder;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.model.v1.PromotionRequested;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import io.smallrye.reactive.messaging.memory.InMemorySink;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service: two runs that were evaluated, the better of them promoted. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class ServiceTest {
    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    @Connector(InMemoryConnector.CONNECTOR)
    InMemoryConnector connector;

    @Inject
    ObjectStore store;

    @Inject
    FakeModels models;

    @BeforeEach
    void evaluateTwoRuns() throws Exception {
        if (get("/evaluations/good").statusCode() == 404) {
            Installation installation = new Installation(store);
            sendResult(installation, "good", models.right(18));
            awaitState("good", "succeeded");
            sendResult(installation, "bad", models.right(12));
            awaitState("bad", "succeeded");
            await().until(() -> sink().received().size() == 5);
        }
    }

    @Test
    void publishesEachDecisionOnItsTopic() {
        assertThat(sink().received().subList(0, 5).stream().map(ServiceTest::topic))
                .containsExactly(
                        "evaluation-completed",
                        "model-published",
                        "model-promoted",
                        "evaluation-completed",
                        "model-rejected");
    }

    @Test
    void showsAnEvaluation() {
        get("/evaluations/bad")
                .then()
                .statusCode(200)
                .body("state", equalTo("succeeded"))
                .body("training.modelDigest", equalTo(models.right(12).toString()))
                .body("findings.test.accuracy", equalTo(0.6f))
                .body("findings.verdict.decision", equalTo("refuse"))
                .body("decided.entry", equalTo(2))
                .body("decided.decision.outcome", equalTo("refused"))
                .body("decided.decision.label.version", equalTo(1))
                .body("links.report", equalTo("/evaluations/bad/report.json"));
        get("/evaluations/good").then().body("decided.decision.outcome", equalTo("promoted"));
        get("/evaluations/unknown").then().statusCode(404).body("error", equalTo("no evaluation has that id"));
        get("/evaluations/%2e%2e").then().statusCode(404);
    }

    @Test
    void givesTheReports() {
        get("/evaluations/good/report.json")
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .body("test.accuracy", equalTo(0.9f))
                .body("run.seed", equalTo(7));
        get("/evaluations/good/report.html")
                .then()
                .statusCode(200)
                .contentType("text/html;charset=UTF-8")
                .body(containsString("<h1>fashion, run good</h1>"));
        get("/evaluations/unknown/report.html").then().statusCode(404);
    }

    @Test
    void comparesRuns() {
        get("/comparisons?runs=good,bad")
                .then()
                .statusCode(200)
                .contentType("text/html;charset=UTF-8")
                .body(containsString("<h1>good, bad</h1>"), containsString("Only A is right: 6"));
        get("/comparisons")
                .then()
                .statusCode(400)
                .contentType(ContentType.JSON)
                .body("error", equalTo("runs names 0, must name 2 to 8 runs, separated by commas"));
        get("/comparisons?runs=good,unknown")
                .then()
                .statusCode(404)
                .body("error", equalTo("runs[1] is unknown, and there is no such run"));
    }

    @Test
    void showsTheRegistry() {
        get("/models")
                .then()
                .statusCode(200)
                .body("[0].model", equalTo("fashion"))
                .body("[0].stable.version", equalTo(1));
        get("/models/fashion")
                .then()
                .statusCode(200)
                .body("versions", equalTo(List.of(1)))
                .body("labels[0].label", equalTo("stable"))
                .body("labels[0].target.version", equalTo(1))
                .body("labels[0].history.cause", equalTo(List.of("evaluations/good", "evaluations/bad")));
        get("/models/fashion/versions/1")
                .then()
                .statusCode(200)
                .body("runId", equalTo("good"))
                .body("imageShape", equalTo(List.of(1, 2, 1)));
        get("/models/fashion/versions/2")
                .then()
                .statusCode(404)
                .body("error", equalTo("model fashion has no version 2"));
        get("/models/unknown").then().statusCode(404).body("error", equalTo("no model has that name"));
    }

    @Test
    void sendsPromotionsAsEvents() throws Exception {
        String id = given().contentType(ContentType.JSON)
                .body("{\"version\": 1}")
                .post("/models/fashion/labels/canary")
                .then()
                .statusCode(202)
                .extract()
                .path("promotionId");

        Message<byte[]> sent = sink().received().getLast();
        assertThat(topic(sent)).isEqualTo("promotion-requested");
        assertThat(PromotionRequested.parseFrom(sent.getPayload()))
                .isEqualTo(PromotionRequested.newBuilder()
                        .setPromotionId(id)
                        .setModel("fashion")
                        .setLabel("canary")
                        .setVersion(1)
                        .build());
    }

    @Test
    void refusesPromotionsThatCannotBeMet() {
        assertMoveAnswers("{\"version\": 2}", 404, "model fashion has no version 2");
        assertMoveAnswers("{\"version\": 0}", 400, "version is 0, must be");
        assertMoveAnswers("{\"version\": \"x\"}", 400, "version");
        assertMoveAnswers(
                "{\"version\": 1, \"label\": \"canary\"}",
                400,
                "label is \"canary\", must be the path's stable, or left out");
        assertMoveAnswers("[", 400, "");
        assertMoveAnswers(
                "{\"versoin\": 1}", 400, "versoin is not a field of a promotion request; did you mean version?");
    }

    @Test
    void decidesAndPublishesAPromotionBeforeAcknowledgingItsRecord() throws Exception {
        byte[] request =
                "{\"promotionId\":\"p1\",\"model\":\"fashion\",\"label\":\"blue\",\"version\":1}".getBytes(UTF_8);

        CompletableFuture<Void> first = send("promotion-requested", request, 11);
        first.get();
        ModelPromoted promoted = promotedTo("blue").getFirst();
        assertThat(promoted.getCause()).isEqualTo("promotions/p1");
        send("promotion-requested", request, 12).get();

        assertThat(promotedTo("blue")).containsExactly(promoted, promoted);
        get("/models/fashion").then().body("labels.find { it.label == 'blue' }.history.size()", equalTo(1));
    }

    @Test
    void sendsUnreadableRecordsToDeadLettersAndContinues() throws Exception {
        send("training-completed", "poison".getBytes(UTF_8), 21).get();
        byte[] unmeetable = "{\"model\":\"fashion\",\"version\":77}".getBytes(UTF_8);
        send("promotion-requested", unmeetable, 22).get();

        assertThat(deadLetters())
                .hasSize(2)
                .anySatisfy(letter -> assertThat(letter).startsWith("ce_specversion is missing"))
                .anySatisfy(letter ->
                        assertThat(letter).isEqualTo("version is 77, must be a published version of fashion"));

        byte[] good = "{\"model\":\"fashion\",\"label\":\"next\",\"version\":1}".getBytes(UTF_8);
        send("promotion-requested", good, 23).get();
        assertThat(promotedTo("next")).hasSize(1);
    }

    @Test
    void republishesEverythingUnderTheSameIds() {
        List<String> before = facts();
        int published =
                given().post("/republish").then().statusCode(200).extract().path("published");

        List<String> after = facts();
        assertThat(published).isGreaterThanOrEqualTo(5);
        assertThat(after.subList(after.size() - published, after.size()))
                .hasSize(published)
                .isSubsetOf(before);
        assertThat(after.subList(after.size() - published, after.size())).containsAll(before);
    }

    @Test
    void pagesListsAndShowsUnreadableEntries() {
        Name damaged = new Name("damaged");
        ObjectKey evaluation = Artifacts.journal(JobKind.EVALUATION, damaged).key("00000001.json");
        ObjectKey marker = Artifacts.open(JobKind.EVALUATION).key("damaged");
        ObjectKey line = Artifacts.labelJournal(damaged, new Name("stable")).key("00000001.json");
        List.of(evaluation, marker, line).forEach(key -> store.put(key, "no entry".getBytes(UTF_8)));
        try {
            await().untilAsserted(() -> get("/evaluations")
                    .then()
                    .statusCode(200)
                    .body("find { it.runId == 'damaged' }.state", is("unreadable"))
                    .body("find { it.runId == 'damaged' }.reason", containsString("isn't a known Entry"))
                    .body("findAll { it.state == 'succeeded' }.size()", is(2)));
            get("/evaluations/damaged").then().statusCode(200).body("state", is("unreadable"));
            String next =
                    get("/evaluations?limit=2").then().statusCode(200).extract().header("Link");
            assertThat(next).startsWith("</evaluations?limit=2&after=").endsWith(">; rel=\"next\"");
            get(next.substring(1, next.indexOf('>'))).then().statusCode(200).body("size()", is(1));

            get("/models")
                    .then()
                    .statusCode(200)
                    .body("find { it.model == 'damaged' }.unreadable", containsString("isn't a known Entry"))
                    .body("find { it.model == 'fashion' }.stable.version", is(notNullValue()));
            get("/models?limit=1")
                    .then()
                    .body("model", is(List.of("damaged")))
                    .header("Link", "</models?limit=1&after=damaged>; rel=\"next\"");
            get("/models/damaged").then().body("labels[0].unreadable", containsString("isn't a known Entry"));
            given().post("/republish")
                    .then()
                    .statusCode(200)
                    .body("unreadable", is(List.of("evaluations/damaged", "models/damaged/labels/stable")));
        } finally {
            List.of(marker, evaluation, line).forEach(store::delete);
        }
        get("/models?limit=x").then().statusCode(400).body("error", is("limit is \"x\", must be 1 to 1000"));
        get("/evaluations?after=x").then().statusCode(400).body("error", containsString("after is \"x\""));
    }

    @Test
    void showsItsFiguresAndHealth() {
        get(management.resolve("/q/metrics"))
                .then()
                .statusCode(200)
                .body(containsString("catwalk_evaluation_accuracy{model=\"fashion\",split=\"test\"} 0.6"))
                .body(containsString("catwalk_events_total{outcome=\"accepted\",topic=\"training-completed\"} 2.0"))
                .body(containsString("catwalk_jobs_open{kind=\"evaluation\"}"))
                .body(containsString("catwalk_jobs_claimed{kind=\"evaluation\"}"))
                .body(containsString("catwalk_jobs_total{kind=\"evaluation\",outcome=\"succeeded\"} 2.0"));
        get(management.resolve("/q/health")).then().statusCode(200).body("checks.name", hasItem("store"));
        get("/q/openapi").then().statusCode(200).body(containsString("/evaluations/{runId}/report.json"));
    }

    private static void assertMoveAnswers(String body, int status, String error) {
        given().contentType(ContentType.JSON)
                .body(body)
                .post("/models/fashion/labels/stable")
                .then()
                .statusCode(status)
                .body("error", containsString(error));
    }

    private void sendResult(Installation installation, String runId, Digest model) throws Exception {
        var event = new Event<>(
                "runs/" + runId + "/journal/9",
                "/catwalk/training",
                EventType.TRAINING_COMPLETED,
                Installation.NOW,
                installation.trained(runId, model));
        ProducerRecord<String, byte[]> record = new EventEncoder(Topics.unprefixed()).encode(event);
        ConsumerRecord<byte[], byte[]> received =
                new ConsumerRecord<>(record.topic(), 0, 1, record.key().getBytes(UTF_8), record.value());
        record.headers().forEach(received.headers()::add);
        send("training-completed", received).get();
    }

    private CompletableFuture<Void> send(String channel, byte[] bareJson, long offset) {
        return send(channel, new ConsumerRecord<>(channel, 0, offset, null, bareJson));
    }

    /** Completed when the record is acknowledged; failed when it is handed back. */
    private CompletableFuture<Void> send(String channel, ConsumerRecord<byte[], byte[]> record) {
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        connector
                .<Message<ConsumerRecord<byte[], byte[]>>>source(channel)
                .send(Message.of(
                        record,
                        () -> {
                            outcome.complete(null);
                            return CompletableFuture.completedFuture(null);
                        },
                        reason -> {
                            outcome.completeExceptionally(reason);
                            return CompletableFuture.completedFuture(null);
                        }));
        return outcome;
    }

    private void awaitState(String runId, String state) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        get("/evaluations/" + runId).then().statusCode(200).body("state", equalTo(state)));
    }

    private InMemorySink<byte[]> sink() {
        return connector.sink("events");
    }

    /** Id and topic of each fact, in order. */
    private List<String> facts() {
        return sink().received().stream()
                .filter(message -> !topic(message).equals("promotion-requested"))
                .filter(message -> !topic(message).equals("dead-letters"))
                .map(message -> topic(message) + " " + header(message, "ce_id"))
                .toList();
    }

    private List<String> deadLetters() {
        return sink().received().stream()
                .filter(message -> topic(message).equals("dead-letters"))
                .map(message -> header(message, "dead-letter-reason"))
                .toList();
    }

    private List<ModelPromoted> promotedTo(String label) {
        return sink().received().stream()
                .filter(message -> topic(message).equals("model-promoted"))
                .map(ServiceTest::promoted)
                .filter(promoted -> promoted.getLabel().equals(label))
                .toList();
    }

    private static ModelPromoted promoted(Message<byte[]> message) {
        try {
            return ModelPromoted.parseFrom(message.getPayload());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String topic(Message<byte[]> message) {
        return metadata(message).getTopic();
    }

    private static String header(Message<byte[]> message, String name) {
        return new String(metadata(message).getHeaders().lastHeader(name).value(), UTF_8);
    }

    private static OutgoingKafkaRecordMetadata<?> metadata(Message<byte[]> message) {
        return message.getMetadata(OutgoingKafkaRecordMetadata.class).orElseThrow();
    }
}
