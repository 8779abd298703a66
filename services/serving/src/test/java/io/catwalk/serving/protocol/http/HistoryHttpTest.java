package io.catwalk.serving.protocol.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

import io.catwalk.journal.Retry;
import io.catwalk.journal.decision.Decider;
import io.catwalk.journal.decision.DecisionJournal;
import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.serving.PromotionEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ServiceProfile.class)
class HistoryHttpTest {
    private static final String UNKNOWN_FORM = ", must be a time of RFC 3339, as 2026-01-31T12:00:00Z";

    @Inject
    ObjectStore store;

    @BeforeEach
    void sendQueriesAsTheyAre() {
        RestAssured.urlEncodingEnabled = false;
    }

    @Test
    void tellsWhatEachLabelPointedAtAtATime() throws InterruptedException {
        Instant first = promote("past", "stable", 1);
        Instant canary = promote("past", "canary", 2);
        refuse("past");
        Instant second = promote("past", "stable", 2);

        at("past", first.minusNanos(1)).body("labels", empty());
        at("past", first)
                .body("model", equalTo("past"))
                .body("at", equalTo(first.toString()))
                .body("labels", hasSize(1))
                .body("labels[0].label", equalTo("stable"))
                .body("labels[0].version", equalTo(1))
                .body("labels[0].digest", equalTo(digest(1).toString()))
                .body("labels[0].since", equalTo(first.toString()))
                .body("labels[0].cause", equalTo("evaluations/stable-1"))
                .body("labels[0].entry", equalTo(1));
        at("past", second.minusNanos(1))
                .body("labels.label", contains("canary", "stable"))
                .body("labels.version", contains(2, 1))
                .body("labels.since", contains(canary.toString(), first.toString()));
        at("past", Instant.parse("2999-01-01T00:00:00Z"))
                .body("labels.version", contains(2, 2))
                .body("labels.entry", contains(1, 3));
        String offset = second.atOffset(ZoneOffset.ofHours(-8)).toString();
        given().get("/v1/models/past/history?at=" + offset)
                .then()
                .statusCode(200)
                .body("at", equalTo(second.toString()))
                .body("labels.version", contains(2, 2));
    }

    @Test
    void showsTheWeightsOfARollout() throws InterruptedException {
        promote("rolled", "stable", 1);
        promote("rolled", "canary", 2, OptionalDouble.of(0.25));
        promote("rolled", "canary", 3, OptionalDouble.of(0));

        given().get("/v1/models/rolled/history")
                .then()
                .statusCode(200)
                .body("labels.version", contains(3, 2, 1))
                .body("labels[0].weight", equalTo(0f))
                .body("labels[1].weight", equalTo(0.25f))
                .body("labels[2]", not(hasKey("weight")));
    }

    @Test
    void listsTheWholeHistoryNewestFirstInPages() throws InterruptedException {
        promote("pages", "stable", 1);
        promote("pages", "canary", 2);
        promote("pages", "stable", 3);
        given().get("/v1/models/pages/history")
                .then()
                .statusCode(200)
                .header("Link", nullValue())
                .body("at", nullValue())
                .body("labels.version", contains(3, 2, 1));

        String link = given().get("/v1/models/pages/history?limit=2")
                .then()
                .statusCode(200)
                .body("labels.version", contains(3, 2))
                .extract()
                .header("Link");
        assertThat(link).isEqualTo("</v1/models/pages/history?limit=2&after=canary/1>; rel=\"next\"");
        promote("pages", "stable", 4);
        given().get(link.substring(1, link.indexOf('>')))
                .then()
                .statusCode(200)
                .header("Link", nullValue())
                .body("labels.version", contains(1));
    }

    @Test
    void aModelWithRefusalsAloneHasAnEmptyHistoryAndAnUnknownOneNone() throws InterruptedException {
        refuse("refused-only");

        given().get("/v1/models/refused-only/history").then().statusCode(200).body("labels", empty());
        for (String model : new String[] {"none", "No-Name"}) {
            for (String query : new String[] {"", "?at=2026-01-31T12:00:00Z"}) {
                refused("/v1/models/" + model + "/history" + query, 404, "no model '" + model + "' is known");
            }
        }
    }

    @Test
    void namesTheParameterThatIsWrong() throws InterruptedException {
        promote("wrong", "stable", 1);

        refused("/v1/models/wrong/history?at=yesterday", 400, "at is \"yesterday\"" + UNKNOWN_FORM);
        refused(
                "/v1/models/wrong/history?at=2026-02-30T12:00:00Z",
                400,
                "at is \"2026-02-30T12:00:00Z\"" + UNKNOWN_FORM);
        refused("/v1/models/wrong/history?at=2026-01-31", 400, "at is \"2026-01-31\"" + UNKNOWN_FORM);
        refused("/v1/models/wrong/history?limit=0", 400, "limit is 0, must be 1 to 1000");
        refused(
                "/v1/models/wrong/history?after=stable/7",
                400,
                "after is \"stable/7\", must be that of a page's Link to the next");
    }

    @Test
    void aJournalThatCannotBeReadIsAConflict() {
        store.put(
                Artifacts.labelJournal(new Name("damaged-line"), new Name("stable"))
                        .key("00000001.json"),
                "{}".getBytes(StandardCharsets.UTF_8));

        given().get("/v1/models/damaged-line/history")
                .then()
                .statusCode(409)
                .body("error", startsWith("models/damaged-line/labels/stable/journal/1"));
    }

    @Test
    void isDescribed() {
        given().get("/q/openapi").then().statusCode(200).body(containsString("/v1/models/{model}/history"));
    }

    private static ValidatableResponse at(String model, Instant time) {
        return given().get("/v1/models/" + model + "/history?at=" + time).then().statusCode(200);
    }

    private static void refused(String path, int status, String error) {
        given().get(path).then().statusCode(status).body("error", equalTo(error));
    }

    private Instant promote(String model, String label, long version) throws InterruptedException {
        return promote(model, label, version, OptionalDouble.empty());
    }

    private Instant promote(String model, String label, long version, OptionalDouble weight)
            throws InterruptedException {
        String cause = "evaluations/" + label + "-" + version;
        return journal(model, label)
                .put(
                        cause,
                        (soFar, number) -> new Decider.Decision(
                                Map.of("outcome", "promoted"),
                                Optional.of(PromotionEvent.of(
                                        Instant.EPOCH,
                                        promoted(model, label, version, weight)
                                                .setCause(cause)
                                                .setEntry(number)
                                                .build()))))
                .appended();
    }

    private static ModelPromoted.Builder promoted(String model, String label, long version, OptionalDouble weight) {
        ModelPromoted.Builder promoted = ModelPromoted.newBuilder()
                .setModel(model)
                .setLabel(label)
                .setVersion(version)
                .setModelDigest(digest(version).toString());
        weight.ifPresent(promoted::setWeight);
        return promoted;
    }

    private void refuse(String model) throws InterruptedException {
        journal(model, "stable")
                .put(
                        "evaluations/refused",
                        (soFar, number) -> new Decider.Decision(Map.of("outcome", "refused"), Optional.empty()));
    }

    private DecisionJournal journal(String model, String label) {
        return new DecisionJournal(
                store,
                Artifacts.labelJournal(new Name(model), new Name(label)),
                "a-test",
                new Retry(Duration.ofMillis(1), Duration.ofMillis(1)));
    }

    private static Digest digest(long version) {
        return Digest.of(new byte[] {(byte) version});
    }
}
