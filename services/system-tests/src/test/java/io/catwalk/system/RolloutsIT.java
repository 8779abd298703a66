package io.catwalk.system;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

import io.catwalk.events.EventType;
import io.catwalk.rollout.v1.RolloutCompleted;
import io.catwalk.rollout.v1.RolloutOutcome;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A canary from its request to its promotion: serving and evaluation with nothing between them but the broker and the bucket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolloutsIT {
    private static final String MODEL = "canaries";
    private static final int CALLERS = 2;

    private Pipeline pipeline;

    @BeforeAll
    void promoteTwoVersions() {
        pipeline = Pipeline.start(
                "rollouts",
                Map.of(
                        "CATWALK_ROLLOUT_WINDOW", "1s",
                        "CATWALK_ROLLOUT_STEPS", "0.5",
                        "CATWALK_ROLLOUT_MIN_TIME", "2s",
                        "CATWALK_ROLLOUT_MIN_REQUESTS", "100",
                        "CATWALK_ROLLOUT_LATENCY_BOUND", "2s",
                        "CATWALK_ROLLOUT_DISAGREEMENT_LIMIT", "0.9"));
        for (int version = 1; version <= 2; version++) {
            String run = MODEL + "-" + version;
            pipeline.request(run, MODEL, "\"epochs\": %d, \"gate\": {\"maxRegression\": 1}".formatted(7 + version));
            assertThat(pipeline.awaitPublished(run).getVersion()).isEqualTo(version);
            pipeline.awaitServed(MODEL, version);
        }
        given().contentType(ContentType.JSON)
                .body("{\"version\": 1}")
                .post(pipeline.evaluation("/models/" + MODEL + "/labels/stable"))
                .then()
                .statusCode(202);
        pipeline.awaitServed(MODEL, 1);
    }

    @AfterAll
    void stop() {
        pipeline.close();
    }

    @Tag("soak")
    @Test
    void aSoundCanaryIsPromotedByItsRequests() throws Exception {
        AtomicBoolean ending = new AtomicBoolean();
        LongAdder byCanary = new LongAdder();
        try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<?>> callers = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                callers.add(threads.submit(() -> {
                    for (int call = 0; !ending.get(); call++) {
                        byCanary.add(pipeline.classify(MODEL, call % 10).version() == 2 ? 1 : 0);
                        Thread.sleep(5);
                    }
                    return null;
                }));
            }
            try {
                pipeline.send(
                        "promotion-requested",
                        "{\"promotionId\": \"try\", \"model\": \"%s\", \"label\": \"canary\", \"version\": 2, \"weight\": 0.3}"
                                .formatted(MODEL));
                assertThat(completed("try").getOutcome()).isEqualTo(RolloutOutcome.ROLLOUT_OUTCOME_PROMOTED);
                pipeline.awaitServed(MODEL, 2);
            } finally {
                ending.set(true);
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
        }
        assertThat(byCanary.sum()).isGreaterThan(100);
        assertThat(pipeline.awaitPromoted("rollouts/try").getVersion()).isEqualTo(2);
        assertThat(pipeline.topics().of(EventType.ROLLOUT_ADVANCED))
                .singleElement()
                .satisfies(raised -> assertThat(raised.payload().getWeight()).isEqualTo(0.5));
        when().get(pipeline.serving("/v1/models/" + MODEL)).then().body("labels.stable", is("2"));
        when().get(pipeline.evaluation("/rollouts/try"))
                .then()
                .body("state", equalTo("completed"))
                .body("outcome", equalTo("promoted"));
    }

    private RolloutCompleted completed(String id) {
        return pipeline.topics()
                .await(
                        EventType.ROLLOUT_COMPLETED,
                        event -> event.getRolloutId().equals(id))
                .payload();
    }
}
