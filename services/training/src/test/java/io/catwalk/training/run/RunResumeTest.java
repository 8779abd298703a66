package io.catwalk.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import io.catwalk.chassis.runs.RunEpochs;
import io.catwalk.journal.job.Job;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore.ObjectSummary;
import io.catwalk.training.checkpoint.StoredCheckpoint;
import io.catwalk.training.v1.EpochCompleted;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs that end on one trainer and continue on another, or behind another run. */
class RunResumeTest extends RunTestCase {
    /** Batch norm, augmentation, dropout, an order of its own for each epoch: all that a network brings along. */
    @Test
    void followsANetworksOwnRecipeAlsoAfterARelease() throws Exception {
        datasets();
        Trainer first = releasedAfterTheSecondEpoch("{\"epochs\": 8, \"network\": \"regularised-cnn\"}");
        assertThat(first.jobs().find(RUN).orElseThrow().closed()).isFalse();

        Job job = awaitClosed(trainer("t2").start());
        assertThat(model(job).weightsDigest()).isEqualTo(recipe("regularised-cnn", 8));
    }

    @Test
    void aReleasedRunGoesOnElsewhereToTheSameBits() throws Exception {
        datasets();
        Trainer first = releasedAfterTheSecondEpoch("{\"epochs\": 30}");
        RunState released = state(first.jobs().find(RUN).orElseThrow());
        assertThat(released.newest()).isPresent();

        Trainer second = trainer("t2").start();
        Job job = awaitClosed(second);
        assertThat(model(job).weightsDigest()).isEqualTo(bareLoop(30));
        assertThat(job.fold().attempts()).isEqualTo(2);
        assertThat(second.published()
                        .getFirst()
                        .event()
                        .body()
                        .path("resumedAtStep")
                        .asLong())
                .isEqualTo(released.newest().orElseThrow().step());
        assertThat(recordedEpochs(second)).containsExactlyElementsOf(oneTo(30));
    }

    @Tag("fault-19")
    @Test
    void fallsBackFromADamagedCheckpoint() throws Exception {
        datasets();
        Job released = trainAWhile();
        List<StoredCheckpoint> checkpoints = state(released).checkpoints();
        damage(checkpoints.getLast());

        Trainer second = trainer("t2").start();
        Job job = awaitClosed(second);
        assertThat(model(job).weightsDigest()).isEqualTo(bareLoop(30));
        assertThat(recordedEpochs(second)).containsExactlyElementsOf(oneTo(30));
        assertThat(state(job).checkpoints()).doesNotContain(checkpoints.getLast());
    }

    @Test
    void beginsAnewWhenNoCheckpointIsWhole() throws Exception {
        datasets();
        Job released = trainAWhile();
        state(released).checkpoints().forEach(checkpoint -> store.delete(checkpointKey(checkpoint)));

        Trainer second = trainer("t2").start();
        Job job = awaitClosed(second);
        assertThat(model(job).weightsDigest()).isEqualTo(bareLoop(30));
        assertThat(recordedEpochs(second)).containsExactlyElementsOf(oneTo(30));
    }

    @Test
    void writesAnEventFileThatIsMissingAgainAsItWas() throws Exception {
        datasets();
        Job released = trainAWhile();
        state(released).checkpoints().forEach(checkpoint -> store.delete(checkpointKey(checkpoint)));
        List<ObjectSummary> before = eventFiles().all();
        Digest content = digest(before);
        before.forEach(file -> store.delete(file.key()));

        awaitClosed(trainer("t2").start());
        List<ObjectSummary> after = eventFiles().all();
        assertThat(after).hasSize(31);
        assertThat(digest(after.subList(0, before.size()))).isEqualTo(content);
    }

    @Test
    void aReleasedRunStopsEarlyInTheSameEpoch() throws Exception {
        datasets();
        Trainer first = releasedAfterTheSecondEpoch("{\"epochs\": 400, \"earlyStopping\": {\"patience\": 5}}");
        assertThat(first.jobs().find(RUN).orElseThrow().closed()).isFalse();
        Job job = awaitClosed(trainer("t2").start());
        int best = state(job).best().orElseThrow().epoch();
        assertThat(state(job).epochs()).isEqualTo(best + 5);
        assertThat(model(job).weightsDigest()).isEqualTo(bareLoop(best));
    }

    @Test
    void continuesFromAnotherRunsWeights() throws Exception {
        datasets();
        Trainer trainer = trainer("t1").start();
        request(trainer, new Name("r2"), "{\"epochs\": 1, \"learningRate\": 1e-30, \"continueFrom\": \"r1\"}");
        assertThat(awaitClosed(trainer, new Name("r2"))
                        .fold()
                        .result()
                        .orElseThrow()
                        .reason())
                .isEqualTo("continueFrom is r1, must be a run that is known");

        request(trainer, "{\"epochs\": 2}");
        request(trainer, new Name("r3"), "{\"epochs\": 1, \"learningRate\": 1e-30, \"continueFrom\": \"r1\"}");
        Job continued = awaitClosed(trainer, new Name("r3"));
        assertThat(model(continued).weightsDigest())
                .isEqualTo(model(trainer.jobs().find(RUN).orElseThrow()).weightsDigest());
        assertThat(state(continued).origin()).map(Origin::run).contains("r1");

        request(trainer, new Name("r4"), "{\"epochs\": 1, \"network\": \"regularised-cnn\", \"continueFrom\": \"r1\"}");
        assertThat(awaitClosed(trainer, new Name("r4"))
                        .fold()
                        .result()
                        .orElseThrow()
                        .reason())
                .startsWith("continueFrom is r1, whose weights can't be used: the checkpoint is of another network");
        assertThat(kind(trainer)).isEqualTo("FAILURE_KIND_REFUSED");
    }

    /** Batch norm, Adam's means, a schedule of all epochs, augmentation, dropout and shuffling: nothing begins anew. */
    @Test
    void aRunInPartsComesToTheBitsOfAWholeOne() throws Exception {
        datasets();
        Trainer trainer = trainer("t1").start();
        request(trainer, "{\"epochs\": 8, \"network\": \"regularised-cnn\", \"stopAfterEpoch\": 3}");
        RunState first = state(awaitClosed(trainer));
        assertThat(first.epochs()).isEqualTo(3);

        Name second = new Name("r2");
        request(
                trainer,
                second,
                "{\"epochs\": 8, \"network\": \"regularised-cnn\", \"resumeFrom\": \"r1\", \"stopAfterEpoch\": 4}");
        awaitClosed(trainer, second);
        Name third = new Name("r3");
        request(trainer, third, "{\"epochs\": 8, \"network\": \"regularised-cnn\", \"resumeFrom\": \"r2\"}");
        Job whole = awaitClosed(trainer, third);

        assertThat(model(whole).weightsDigest()).isEqualTo(recipe("regularised-cnn", 8));
        assertThat(recordedEpochs(trainer, third)).containsExactly(5, 6, 7, 8);
        assertThat(RunEpochs.of(trainer.jobs().history(third), trainer.jobs()::history))
                .extracting(EpochCompleted::getEpoch)
                .containsExactlyElementsOf(oneTo(8));
        assertThat(startedAt(trainer)).containsExactly(0L, 12L, 16L);

        Name fourth = new Name("r4");
        request(trainer, fourth, "{\"epochs\": 8, \"network\": \"regularised-cnn\", \"resumeFrom\": \"r3\"}");
        Job nothingLeft = awaitClosed(trainer, fourth);
        assertThat(model(nothingLeft)).isEqualTo(model(whole));
        assertThat(recordedEpochs(trainer, fourth)).isEmpty();
        assertThat(state(nothingLeft).latest()).isEqualTo(state(whole).latest());
    }

    @Test
    void aRunThatCannotBeResumedIsRefused() throws Exception {
        datasets();
        Trainer trainer = trainer("t1").start();
        request(trainer, "{\"epochs\": 2}");
        awaitClosed(trainer);

        assertThat(refusal(trainer, "r2", "{\"resumeFrom\": \"r2\"}"))
                .isEqualTo("resumeFrom is r2, must be another run");
        assertThat(refusal(trainer, "r3", "{\"resumeFrom\": \"r9\"}"))
                .isEqualTo("resumeFrom is r9, must be a run that is known");
        assertThat(refusal(trainer, "r4", "{\"resumeFrom\": \"r2\"}"))
                .isEqualTo("resumeFrom is r2, must be a run that ended with a model");
        assertThat(refusal(trainer, "r5", "{\"resumeFrom\": \"r1\", \"epochs\": 1}"))
                .isEqualTo("the run is to have 1 epochs, must be at least the 2 of run r1");
        assertThat(refusal(trainer, "r6", "{\"resumeFrom\": \"r1\", \"optimizer\": {\"sgd\": {}}}"))
                .startsWith(
                        "resumeFrom is r1, whose state can't be used: the checkpoint is of another network or optimizer");
        assertThat(refusal(trainer, "r7", "{\"resumeFrom\": \"r1\", \"continueFrom\": \"r1\"}"))
                .isEqualTo("resumeFrom is r1, must be left out beside continueFrom");
        assertThat(refusal(trainer, "r8", "{\"resumeFrom\": \"r1\", \"earlyStopping\": {\"patience\": 1}}"))
                .isEqualTo("resumeFrom is r1, must be left out beside earlyStopping");
        assertThat(refusal(trainer, "r10", "{\"epochs\": 2, \"stopAfterEpoch\": 3}"))
                .isEqualTo("stopAfterEpoch is 3, must be at most the run's 2 epochs");
    }

    private void damage(StoredCheckpoint checkpoint) {
        byte[] bytes = store.read(checkpointKey(checkpoint), checkpoint.bytes())
                .orElseThrow()
                .content()
                .clone();
        bytes[bytes.length / 2] ^= 1;
        store.put(checkpointKey(checkpoint), bytes);
    }

    private static String refusal(Trainer trainer, String run, String fields) throws InterruptedException {
        request(trainer, new Name(run), fields);
        return awaitClosed(trainer, new Name(run)).fold().result().orElseThrow().reason();
    }

    private static List<Long> startedAt(Trainer trainer) {
        return trainer.published().stream()
                .filter(published -> published.event().type().equals("training-started"))
                .map(published -> published.event().body().path("resumedAtStep").asLong())
                .toList();
    }
}
