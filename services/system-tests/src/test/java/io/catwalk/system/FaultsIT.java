package io.catwalk.system;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.catwalk.events.EventType;
import io.catwalk.training.v1.TrainingCompleted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Processes that are killed during a run. The run ends once, publishes one version, and gets the same weights as
 * the same run undisturbed.
 */
@ExtendWith(SharedPipeline.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsIT {
    private static final int EPOCHS = 30;
    /** Far enough that a checkpoint is there, and far from the end. */
    private static final int DISTURBED_EPOCH = 10;

    private final Pipeline pipeline;
    private final String undisturbedWeights;

    FaultsIT(Pipeline pipeline) {
        this.pipeline = pipeline;
        request("undisturbed");
        undisturbedWeights = pipeline.awaitTrained("undisturbed").getWeightsDigest();
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker", "store", "training"})
    void aRunSurvivesAProcessThatIsKilledOnTheWay(String victim) {
        String run = "without-" + victim;
        request(run);
        awaitEpoch(run, DISTURBED_EPOCH);
        pipeline.stack().kill(victim);
        pipeline.stack().restart(victim);
        assertWhole(run);
        when().get(pipeline.training("/runs/" + run)).then().body("attempts", is(victim.equals("training") ? 2 : 1));
    }

    @Test
    void anEvaluationSurvivesItsProcess() {
        String run = "without-evaluation";
        request(run);
        pipeline.awaitTrained(run);
        pipeline.stack().kill("evaluation");
        pipeline.stack().restart("evaluation");
        assertWhole(run);
    }

    private void request(String run) {
        pipeline.request(run, run, "\"epochs\": %d, \"checkpointInterval\": \"1s\"".formatted(EPOCHS));
    }

    private void awaitEpoch(String run, int epoch) {
        await().atMost(Pipeline.TIMEOUT)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> when().get(pipeline.training("/runs/" + run))
                        .then()
                        .statusCode(200)
                        .body("epoch", greaterThanOrEqualTo(epoch)));
        when().get(pipeline.training("/runs/" + run)).then().body("state", is("running"));
    }

    private void assertWhole(String run) {
        assertThat(pipeline.awaitPromoted("evaluations/" + run).getVersion()).isEqualTo(1);
        pipeline.awaitServed(run, 1);
        List<PublishedEvent<TrainingCompleted>> completed = pipeline.topics().of(EventType.TRAINING_COMPLETED).stream()
                .filter(published -> published.payload().getRunId().equals(run))
                .toList();
        assertThat(completed.stream().map(PublishedEvent::id).distinct()).hasSize(1);
        assertThat(completed.getFirst().payload().getWeightsDigest()).isEqualTo(undisturbedWeights);
        assertThat(pipeline.topics().of(EventType.EPOCH_COMPLETED).stream()
                        .filter(published -> published.payload().getRunId().equals(run))
                        .map(published -> published.payload().getEpoch())
                        .distinct())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, EPOCHS).boxed().toList());
        when().get(pipeline.evaluation("/models/" + run))
                .then()
                .body("versions", hasSize(1))
                .body("labels[0].history", hasSize(1));
        assertThat(pipeline.classify(run, 4).digest())
                .isEqualTo(completed.getFirst().payload().getModelDigest());
    }
}
