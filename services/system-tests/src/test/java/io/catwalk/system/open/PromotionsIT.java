package io.catwalk.system.open;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.util.List;

import io.catwalk.events.EventType;
import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.model.v1.ModelRejected;
import io.catwalk.system.Pipeline;
import io.catwalk.system.Pipeline.Classified;
import io.catwalk.system.PublishedEvent;
import io.catwalk.system.SharedPipelines;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What becomes the served model, and what doesn't. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PromotionsIT {
    private static final String MODEL = "gated";
    private static final int LABEL = 6;

    private final Pipeline pipeline = SharedPipelines.open();
    private final Classified first;
    private final Classified second;

    /** Has two versions promoted, one after the other. */
    PromotionsIT() {
        first = promote("gated-1", 1, 8);
        second = promote("gated-2", 2, 9);
    }

    private Classified promote(String run, long version, int epochs) {
        pipeline.request(run, MODEL, "\"epochs\": %d, \"gate\": {\"maxRegression\": 1}".formatted(epochs));
        assertThat(pipeline.awaitPublished(run).getVersion()).isEqualTo(version);
        pipeline.awaitServed(MODEL, version);
        return pipeline.classify(MODEL, LABEL);
    }

    @Test
    void aModelThatIsWorseThanTheServedOneIsRejectedWithTheReason() {
        rollForward();
        pipeline.request(
                "gated-worse", MODEL, "\"epochs\": 1, \"learningRate\": 1e-9, \"gate\": {\"minTestAccuracy\": 0}");
        ModelRejected rejected = rejected("gated-worse");
        assertThat(rejected.getReason())
                .matches(
                        "validation accuracy 0\\.\\d{4} \\(\\d+ of 40\\) against [01]\\.\\d{4} \\(\\d+ of 40\\) of version 2"
                                + " exceeds maxRegression 0\\.005");
        assertThat(rejected.getChampionVersion()).isEqualTo(2);
        assertServes(second);
    }

    @Test
    void aModelThatMissesItsOwnGateIsRejectedWithTheReason() {
        rollForward();
        pipeline.request(
                "gated-untrained",
                MODEL,
                "\"epochs\": 1, \"learningRate\": 1e-9, \"gate\": {\"maxRegression\": 1, \"minTestAccuracy\": 1.0}");
        assertThat(rejected("gated-untrained").getReason())
                .startsWith("test accuracy 0.")
                .endsWith(" of 60) is below minTestAccuracy 1");
        assertServes(second);
        when().get(pipeline.evaluation("/models/" + MODEL)).then().body("versions", contains(1, 2));
    }

    @Test
    void aRollbackServesTheOlderVersion() {
        rollForward();
        ModelPromoted back = move("back", 1);
        assertThat(back.getPreviousVersion()).isEqualTo(2);
        assertThat(back.getModelDigest()).isEqualTo(first.digest());
        pipeline.awaitServed(MODEL, 1);
        assertServes(first);
        rollForward();
        assertServes(second);
    }

    @Tag("fault-12")
    @Test
    void aRollbackToAVersionThatIsNotThereIsRefused() {
        rollForward();
        String request = promotion("to-nowhere", 9);
        pipeline.send("promotion-requested", request);
        await().atMost(Pipeline.TIMEOUT)
                .untilAsserted(() -> assertThat(pipeline.topics().deadLetters())
                        .filteredOn(letter -> letter.value().equals(request))
                        .singleElement()
                        .satisfies(letter -> assertThat(letter.reason()).contains("9")));
        assertServes(second);
    }

    @Test
    void aPromotionThatIsDecidedWhileTheBrokerIsAwayIsToldOnceItIsBack() {
        rollForward();
        pipeline.stack().kill("store");
        pipeline.send("promotion-requested", promotion("unpublished", 1));
        await("evaluation has the record")
                .atMost(Pipeline.TIMEOUT)
                .untilAsserted(() -> when().get(pipeline.management("evaluation", "/q/health/ready"))
                        .then()
                        .statusCode(503)
                        .body(containsString("promotion-requested/")));
        pipeline.stack().kill("broker");
        pipeline.stack().restart("store");

        await("the label has moved")
                .atMost(Pipeline.TIMEOUT)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(causes()).endsWith("promotions/unpublished"));
        pipeline.stack().restart("broker");

        pipeline.awaitPromoted("promotions/unpublished");
        pipeline.awaitServed(MODEL, 1);
        await("evaluation is ready")
                .atMost(Pipeline.TIMEOUT)
                .untilAsserted(() -> when().get(pipeline.management("evaluation", "/q/health/ready"))
                        .then()
                        .statusCode(200));
        assertThat(causes()).containsOnlyOnce("promotions/unpublished");
        assertThat(pipeline.topics().of(EventType.MODEL_PROMOTED))
                .filteredOn(published -> published.payload().getCause().equals("promotions/unpublished"))
                .extracting(PublishedEvent::id)
                .containsOnly(pipeline.topics()
                        .await(
                                EventType.MODEL_PROMOTED,
                                event -> event.getCause().equals("promotions/unpublished"))
                        .id());
        rollForward();
    }

    private List<String> causes() {
        return when().get(pipeline.evaluation("/models/" + MODEL))
                .then()
                .statusCode(200)
                .extract()
                .path("labels[0].history.cause");
    }

    /** Whichever test comes before: version 2 is stable again. */
    private void rollForward() {
        String id = given().contentType(ContentType.JSON)
                .body("{\"version\": 2}")
                .post(pipeline.evaluation("/models/" + MODEL + "/labels/stable"))
                .then()
                .statusCode(202)
                .extract()
                .path("promotionId");
        pipeline.awaitPromoted("promotions/" + id);
        pipeline.awaitServed(MODEL, 2);
    }

    private ModelPromoted move(String id, long version) {
        pipeline.send("promotion-requested", promotion(id, version));
        return pipeline.awaitPromoted("promotions/" + id);
    }

    private static String promotion(String id, long version) {
        return "{\"promotionId\": \"%s\", \"model\": \"%s\", \"version\": %d}".formatted(id, MODEL, version);
    }

    private ModelRejected rejected(String run) {
        return pipeline.topics()
                .await(EventType.MODEL_REJECTED, event -> event.getRunId().equals(run))
                .payload();
    }

    private void assertServes(Classified expected) {
        assertThat(pipeline.classify(MODEL, LABEL)).isEqualTo(expected);
        when().get(pipeline.serving("/v1/models/" + MODEL))
                .then()
                .body("labels.stable", is(Long.toString(expected.version())));
    }
}
