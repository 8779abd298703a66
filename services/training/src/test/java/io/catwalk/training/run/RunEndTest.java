package io.catwalk.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.journal.Asker;
import io.catwalk.journal.job.Cancellation;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobResult;
import io.catwalk.network.preset.Presets;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import io.catwalk.training.checkpoint.StoredCheckpoint;
import org.junit.jupiter.api.Test;

/** Runs that end without a model: refused, cancelled, failed. */
class RunEndTest extends RunTestCase {
    @Test
    void aCancelEndsARunAndKeepsItsCheckpoint() throws Exception {
        datasets();
        Trainer trainer = trainer("t1");
        AtomicReference<Cancellation> cancellation = new AtomicReference<>();
        trainer.onEpoch(figures -> {
            if (cancellation.get() == null && hasCheckpoint(trainer)) {
                cancellation.set(cancel(trainer, "enough"));
            }
        });
        trainer.start();
        request(trainer, "{\"epochs\": 10000}");

        Job job = awaitClosed(trainer);
        assertThat(cancellation).hasValue(Cancellation.ACCEPTED);
        assertThat(job.fold().result()).contains(new JobResult(JobResult.Outcome.CANCELLED, "enough"));
        JsonNode failed = trainer.published().getLast().event().body();
        assertThat(failed.path("kind").asText()).isEqualTo("FAILURE_KIND_CANCELLED");
        assertThat(failed.path("step").asLong()).isPositive();
        StoredCheckpoint newest = state(job).newest().orElseThrow();
        assertThat(failed.path("checkpointDigest").asText()).isEqualTo(newest.digest());
        assertThat(store.exists(checkpointKey(newest))).isTrue();
        assertThat(cancel(trainer, "again")).isEqualTo(Cancellation.TOO_LATE);
    }

    @Test
    void aCancelBeforeItsRequestEndsItWhenThatComes() throws Exception {
        Trainer trainer = trainer("t1").start();
        cancel(trainer, "changed my mind");
        request(trainer, "{\"epochs\": 1}");
        Job job = awaitClosed(trainer);
        assertThat(job.fold().result()).map(JobResult::outcome).contains(JobResult.Outcome.CANCELLED);
        assertThat(trainer.types()).containsExactly("training-failed");
        assertThat(trainer.published().getLast().event().body().path("model").asText())
                .isNotEmpty();
    }

    @Test
    void aDeadlineEndsARun() throws Exception {
        datasets();
        Trainer trainer = trainer("t1").start();
        request(trainer, "{\"epochs\": 10000, \"deadline\": \"1s\"}");
        Job job = awaitClosed(trainer);
        assertThat(job.fold().result().orElseThrow().reason()).isEqualTo("not ended within PT1S of its acceptance");
        assertThat(kind(trainer)).isEqualTo("FAILURE_KIND_DEADLINE_EXCEEDED");
    }

    @Test
    void layersThatDoNotFitAreRefusedWithTheirShapes() throws Exception {
        datasets();
        Trainer trainer = trainer("t1").start();
        request(trainer, "{\"layers\": [{\"conv2d\": {\"filters\": 4}}, {\"dense\": {\"units\": 3}}]}");
        assertThat(awaitClosed(trainer).fold().result().orElseThrow().reason())
                .isEqualTo("network custom, layer 2 (dense_1, on 8x8x4): needs a vector, but gets an image of 8x8x4: "
                        + "put a Flatten before it");
        request(trainer, new Name("r2"), "{\"network\": \"resnet-re\", \"layers\": [{\"flatten\": {}}]}");
        assertThat(awaitClosed(trainer, new Name("r2"))
                        .fold()
                        .result()
                        .orElseThrow()
                        .reason())
                .isEqualTo("network is resnet-re, a preset's name: must be another or left out beside layers");
    }

    @Test
    void aLossThatIsNoNumberEndsARun() throws Exception {
        datasets();
        Trainer trainer = trainer("t1").start();
        request(trainer, "{\"learningRate\": 3e38}");
        Job job = awaitClosed(trainer);
        assertThat(job.fold().result().orElseThrow().reason())
                .matches("the loss became (NaN|Infinity) in step \\d+, with learning rate 3\\.0E38");
        assertThat(kind(trainer)).isEqualTo("FAILURE_KIND_DIVERGED");
    }

    @Test
    void aRejectedDatasetFailsItsRuns() throws Exception {
        datasets.rejected("bars", "labels: byte 8: count is 0");
        Trainer trainer = trainer("t1").start();
        request(trainer, "{}");
        assertThat(awaitClosed(trainer).fold().result().orElseThrow().reason())
                .isEqualTo("dataset bars was rejected: labels: byte 8: count is 0");
        assertThat(kind(trainer)).isEqualTo("FAILURE_KIND_REFUSED");
    }

    @Test
    void anUnknownNetworkIsRefusedNamingThePresets() throws Exception {
        Trainer trainer = trainer("t1").start();
        request(trainer, "{\"network\": \"resnet-9000\"}");
        assertThat(awaitClosed(trainer).fold().result().orElseThrow().reason())
                .isEqualTo("network is resnet-9000, must be one of %s, or come with layers"
                        .formatted(String.join(", ", Presets.names())));
    }

    @Test
    void aBatchLargerThanTheSplitIsRefused() throws Exception {
        datasets();
        Trainer trainer = trainer("t1").start();
        request(trainer, "{\"batchSize\": 49}");
        assertThat(awaitClosed(trainer).fold().result().orElseThrow().reason())
                .isEqualTo("batchSize is 49, must be at most the 48 training images");
    }

    @Test
    void aDefectBeforeTheWorkRefusesNoRun() throws Exception {
        String manifest = Artifacts.blob(datasets()).path();
        AtomicInteger met = new AtomicInteger();
        store.fail(path -> path.equals(manifest) && met.incrementAndGet() > 0);
        Trainer trainer = trainer("t1").start();
        request(trainer, "{}");
        await().atMost(TIMEOUT).until(() -> met.get() > 2);
        assertThat(trainer.jobs().find(RUN).orElseThrow().fold().result()).isEmpty();

        store.fail(path -> false);
        assertThat(awaitClosed(trainer).fold().result()).contains(JobResult.succeeded());
    }

    @Test
    void aDefectInTheWorkIsNoRefusal() throws Exception {
        datasets();
        Trainer trainer = trainer("t1");
        trainer.onEpoch(figures -> {
            throw new IllegalArgumentException("a bug");
        });
        trainer.start();
        request(trainer, "{}");

        awaitClosed(trainer);
        assertThat(kind(trainer)).isEqualTo("FAILURE_KIND_INTERNAL");
    }

    @Test
    void aDamagedDatasetFailsItsRuns() throws Exception {
        Digest manifest = datasets();
        store.put(Artifacts.blob(manifest), new byte[] {1});
        Trainer trainer = trainer("t1").start();
        request(trainer, "{}");
        assertThat(awaitClosed(trainer).fold().result().orElseThrow().reason())
                .startsWith("dataset bars can't be read: blob " + manifest + " holds other content");
    }

    private static Cancellation cancel(Trainer trainer, String reason) {
        try {
            return trainer.jobs().cancel(RUN, reason, Asker.within("a test"));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean hasCheckpoint(Trainer trainer) {
        return state(trainer.jobs().find(RUN).orElseThrow()).newest().isPresent();
    }
}
