package io.catwalk.system;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThan;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;

import com.google.protobuf.Message;
import io.catwalk.events.EventType;
import io.catwalk.system.Pipeline.Classified;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Stacks that go down as a whole, and topics that are lost. */
class RestartIT {
    private static final String MODEL = "kept";
    private static final int LABEL = 2;
    private static final String FIELDS = "\"epochs\": 8, \"gate\": {\"maxRegression\": 1}";

    @Tag("fault-30")
    @Tag("soak")
    @Test
    void whatWasServedIsServedAgainAndTheTablesCanBeToldAnew() throws Exception {
        try (Pipeline pipeline = Pipeline.start("restart")) {
            pipeline.request("kept-1", MODEL, FIELDS);
            pipeline.awaitPromoted("evaluations/kept-1");
            pipeline.awaitServed(MODEL, 1);
            Classified before = pipeline.classify(MODEL, LABEL);

            pipeline.stop();
            pipeline.start();

            assertThat(pipeline.classify(MODEL, LABEL)).isEqualTo(before);
            pipeline.request("kept-2", MODEL, FIELDS);
            pipeline.awaitPromoted("evaluations/kept-2");
            pipeline.awaitServed(MODEL, 2);

            losesItsTopics(pipeline);
        }
    }

    /** Serving starts on topics without a record: it knows the model from its label's journal, before anything is republished. */
    private static void losesItsTopics(Pipeline pipeline) throws IOException {
        Classified before = pipeline.classify(MODEL, LABEL);
        Set<String> published = ids(pipeline, EventType.MODEL_PUBLISHED);
        Set<String> promoted = ids(pipeline, EventType.MODEL_PROMOTED);
        pipeline.stack().kill("serving");
        pipeline.stack().kill("broker");
        FileUtils.deleteDirectory(pipeline.data().resolve("broker").toFile());
        pipeline.stack().restart("broker");
        pipeline.stack().awaitReady("broker");
        pipeline.hearAnew();
        pipeline.stack().restart("serving");
        pipeline.stack().awaitReady("serving");
        pipeline.awaitServed(MODEL, 2);
        assertThat(pipeline.classify(MODEL, LABEL)).isEqualTo(before);
        assertThat(ids(pipeline, EventType.MODEL_PROMOTED)).isEmpty();

        await().atMost(Pipeline.TIMEOUT)
                .untilAsserted(() -> given().post(pipeline.evaluation("/republish"))
                        .then()
                        .statusCode(200)
                        .body("published", greaterThan(3)));

        assertThat(ids(pipeline, EventType.MODEL_PUBLISHED)).isEqualTo(published);
        assertThat(ids(pipeline, EventType.MODEL_PROMOTED)).isEqualTo(promoted);

        pipeline.request("kept-3", MODEL, FIELDS);
        pipeline.awaitPromoted("evaluations/kept-3");
        pipeline.awaitServed(MODEL, 3);
        assertThat(pipeline.topics().of(EventType.TRAINING_STARTED))
                .as("no old request starts again")
                .extracting(event -> event.payload().getRunId())
                .containsOnly("kept-3");
    }

    private static Set<String> ids(Pipeline pipeline, EventType<? extends Message> type) {
        return pipeline.topics().of(type).stream().map(PublishedEvent::id).collect(Collectors.toSet());
    }
}
