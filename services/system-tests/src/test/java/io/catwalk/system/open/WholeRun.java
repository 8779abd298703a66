package io.catwalk.system.open;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;

import java.util.List;
import java.util.stream.IntStream;

import io.catwalk.events.EventType;
import io.catwalk.system.Pipeline;
import io.catwalk.system.PublishedEvent;
import io.catwalk.training.v1.TrainingCompleted;

/** What a disturbed run must have come to: the same as an undisturbed one, once. */
final class WholeRun {
    private WholeRun() {}

    /** One result with these weights, each epoch, one version, one promotion, and that is served. The model is named as the run. */
    static void require(Pipeline pipeline, String run, int epochs, String weights) {
        assertThat(pipeline.awaitPromoted("evaluations/" + run).getVersion()).isEqualTo(1);
        pipeline.awaitServed(run, 1);
        List<PublishedEvent<TrainingCompleted>> completed = pipeline.topics().of(EventType.TRAINING_COMPLETED).stream()
                .filter(published -> published.payload().getRunId().equals(run))
                .toList();
        assertThat(completed.stream().map(PublishedEvent::id).distinct()).hasSize(1);
        assertThat(completed.getFirst().payload().getWeightsDigest()).isEqualTo(weights);
        assertThat(pipeline.topics().of(EventType.EPOCH_COMPLETED).stream()
                        .filter(published -> published.payload().getRunId().equals(run))
                        .map(published -> published.payload().getEpoch())
                        .distinct())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, epochs).boxed().toList());
        when().get(pipeline.evaluation("/models/" + run))
                .then()
                .body("versions", hasSize(1))
                .body("labels[0].history", hasSize(1));
        assertThat(pipeline.classify(run, 4).digest())
                .isEqualTo(completed.getFirst().payload().getModelDigest());
    }
}
