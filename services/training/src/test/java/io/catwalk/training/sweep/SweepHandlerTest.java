package io.catwalk.training.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.journal.Asker;
import io.catwalk.journal.Event;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.job.Acceptance;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobResult;
import io.catwalk.journal.job.JobRunner;
import io.catwalk.journal.job.Jobs;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.training.data.Pictures;
import io.catwalk.training.data.StoredDatasets;
import io.catwalk.training.run.RunState;
import io.catwalk.training.run.TrainedModel;
import io.catwalk.training.run.Trainer;
import io.catwalk.training.sweep.halving.TrialRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps from their requests to their results, on real journals and TensorFlow. */
class SweepHandlerTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Name SWEEP = new Name("s1");
    private static final String HALVED = """
            {"training": {"dataset": "bars", "model": "bars", "epochs": 4, "batchSize": 12, "seed": "5"},
             "parameters": [{"field": "learningRate", "values": [0.001, 1e-30, 0.002, 1e-29]}],
             "halving": {"reductionFactor": 2}%s}""";

    @TempDir
    Path folder;

    private final ObjectStore store = new InMemoryObjectStore(InstantSource.system());
    private final StoredDatasets datasets = new StoredDatasets(store);
    private final List<Replica> replicas = new ArrayList<>();

    @AfterEach
    void stopAll() throws InterruptedException {
        for (Replica replica : replicas) {
            replica.stop();
        }
    }

    @Test
    void givesEpochsToTheBetterTrialsAndPublishesTheBest() throws Exception {
        datasets();
        Replica replica = replica("t1").start();
        request(replica, HALVED.formatted(""));
        Job sweep = awaitClosed(replica);

        assertThat(sweep.fold().result()).contains(JobResult.succeeded());
        SweepState state = SweepState.of(sweep).orElseThrow();
        assertThat(state.runs()).filteredOn(run -> run.rung() == 0).hasSize(4);
        List<TrialRun> whole =
                state.runs().stream().filter(run -> run.rung() == 2).toList();
        assertThat(whole)
                .isNotEmpty()
                .allSatisfy(
                        run -> assertThat(run.reached().orElseThrow().epochs()).isEqualTo(4));

        JsonNode completed = replica.published("sweep-completed");
        assertThat(completed.path("outcome").asText()).isEqualTo("SWEEP_OUTCOME_SUCCEEDED");
        assertThat(completed.path("runId").asText()).isEqualTo("s1-best");
        JsonNode best = completed.path("best");
        assertThat(best.path("validation").path("accuracy").asDouble())
                .isEqualTo(whole.stream()
                        .mapToDouble(SweepHandlerTest::accuracy)
                        .max()
                        .orElseThrow());
        assertThat(best.path("runId").asText())
                .isEqualTo("s1-%d-2".formatted(best.path("trial").asInt()));

        Name inOne = new Name("in-one");
        run(replica, inOne, best.path("parameters").path("learningRate").asText());
        Job published = replica.trainer.jobs().find(new Name("s1-best")).orElseThrow();
        assertThat(published.fold().request().orElseThrow().path("publish").asBoolean())
                .isTrue();
        assertThat(published.fold().request().orElseThrow().path("dataset").asText())
                .startsWith("bars@sha256:");
        assertThat(model(published))
                .as("a trial in rungs is a run in one")
                .isEqualTo(model(awaitClosed(replica.trainer.jobs(), inOne)));
    }

    @Test
    void twoReplicasShareItsRunsAndTheOtherOneGoesOn() throws Exception {
        datasets();
        Replica first = replica("t1").start();
        Replica second = replica("t2").start();
        request(first, HALVED.formatted(", \"parallelRuns\": 3"));
        await().atMost(TIMEOUT).until(() -> first.trainer.jobs().ids().size() >= 3);
        first.stop();
        Job sweep = awaitClosed(second);

        assertThat(sweep.fold().result()).contains(JobResult.succeeded());
        List<String> results = second.trainer.jobs().ids().stream()
                .flatMap(id -> second.trainer.jobs().history(id).stream()
                        .filter(entry -> entry.entry().kind().name().equals("RESULT"))
                        .map(entry -> id.value()))
                .toList();
        assertThat(results).doesNotHaveDuplicates().hasSizeBetween(4 + 2 + 1 + 1, 4 + 3 + 2 + 1);
    }

    @Test
    void aTrialThatCannotBeReadDoesNotEndIt() throws Exception {
        datasets();
        store.put(Artifacts.journal(JobKind.RUN, new Name("s1-1-0")).key("00000001.json"), new byte[] {'x'});
        Replica replica = replica("t1").start();
        request(replica, """
                {"training": {"dataset": "bars", "model": "bars", "epochs": 1, "publish": false},
                 "parameters": [{"field": "batchSize", "values": [12, 24]}]}""");
        Job sweep = awaitClosed(replica);
        assertThat(sweep.fold().result()).contains(JobResult.succeeded());
        assertThat(SweepState.of(sweep).orElseThrow().runs())
                .filteredOn(run -> run.reached().isEmpty())
                .singleElement()
                .satisfies(run ->
                        assertThat(run.end().orElseThrow().reason()).startsWith("it can't be read: runs/s1-1-0"));
    }

    @Test
    void aTrialThatFailsDoesNotEndIt() throws Exception {
        datasets();
        Replica replica = replica("t1").start();
        request(replica, """
                {"training": {"dataset": "bars", "model": "bars", "epochs": 1, "publish": false},
                 "parameters": [{"field": "batchSize", "values": [12, 49]}]}""");
        Job sweep = awaitClosed(replica);
        assertThat(sweep.fold().result()).contains(JobResult.succeeded());
        JsonNode completed = replica.published("sweep-completed");
        assertThat(completed.path("trials").asInt()).isEqualTo(2);
        assertThat(completed.path("failedTrials").asInt()).isEqualTo(1);
        assertThat(completed.path("best").path("trial").asInt()).isEqualTo(1);
        assertThat(completed.path("runId").asText())
                .as("nothing was to be published")
                .isEmpty();
    }

    @Test
    void withoutAnyModelItFailsAndSaysWhy() throws Exception {
        datasets();
        Replica replica = replica("t1").start();
        request(replica, """
                {"training": {"dataset": "bars", "model": "bars", "epochs": 1},
                 "parameters": [{"field": "batchSize", "values": [50, 49]}]}""");
        assertThat(awaitClosed(replica).fold().result().orElseThrow().reason())
                .isEqualTo(
                        "no trial ended with a model; the last: batchSize is 49, must be at most the 48 training images");
    }

    @Test
    void aRunOfTheSameIdIsATrialThatFailed() throws Exception {
        datasets();
        Replica replica = replica("t1").start();
        run(replica, new Name("s1-2-0"), "0.5");
        request(replica, HALVED.formatted(""));
        Job sweep = awaitClosed(replica);
        assertThat(SweepState.of(sweep).orElseThrow().runs())
                .filteredOn(run -> run.runId().equals("s1-2-0"))
                .extracting(run -> run.end().orElseThrow().reason())
                .containsExactly("the id s1-2-0 belongs to another run");
        assertThat(sweep.fold().result()).contains(JobResult.succeeded());
    }

    @Test
    void aCancelEndsItsRunsToo() throws Exception {
        datasets();
        Replica replica = replica("t1").start();
        request(replica, """
                {"training": {"dataset": "bars", "model": "bars", "epochs": 10000, "batchSize": 12},
                 "parameters": [{"field": "learningRate", "values": [0.001, 0.002, 0.003]}]}""");
        await().atMost(TIMEOUT).until(() -> replica.trainer.types().contains("epoch-completed"));
        replica.sweeps.cancel(SWEEP, "enough", Asker.within("a test"));

        assertThat(awaitClosed(replica).fold().result()).contains(new JobResult(JobResult.Outcome.CANCELLED, "enough"));
        for (int trial = 1; trial <= 3; trial++) {
            assertThat(awaitClosed(replica.trainer.jobs(), new Name("s1-%d-0".formatted(trial)))
                            .fold()
                            .result())
                    .contains(new JobResult(JobResult.Outcome.CANCELLED, "sweep s1: enough"));
        }
        assertThat(replica.published("sweep-completed").path("outcome").asText())
                .isEqualTo("SWEEP_OUTCOME_CANCELLED");
    }

    @Test
    void aCancelBeforeItsRequestEndsIt() throws Exception {
        Replica replica = replica("t1").start();
        replica.sweeps.cancel(SWEEP, "changed my mind", Asker.within("a test"));
        request(replica, HALVED.formatted(""));
        assertThat(awaitClosed(replica).fold().result()).map(JobResult::outcome).contains(JobResult.Outcome.CANCELLED);
        assertThat(replica.published("sweep-completed").path("model").asText()).isNotEmpty();
    }

    @Test
    void aDeadlineEndsIt() throws Exception {
        datasets();
        Replica replica = replica("t1").start();
        request(replica, """
                {"training": {"dataset": "bars", "model": "bars", "epochs": 10000, "batchSize": 12}, "deadline": "1s",
                 "parameters": [{"field": "learningRate", "values": [0.001, 0.002]}]}""");
        assertThat(awaitClosed(replica).fold().result().orElseThrow().reason())
                .isEqualTo("not ended within PT1S of its acceptance");
        assertThat(awaitClosed(replica.trainer.jobs(), new Name("s1-1-0"))
                        .fold()
                        .result())
                .map(JobResult::outcome)
                .contains(JobResult.Outcome.CANCELLED);
    }

    @Test
    void aRejectedDatasetFailsIt() throws Exception {
        datasets.rejected("bars", "labels: byte 8: count is 0");
        Replica replica = replica("t1").start();
        request(replica, HALVED.formatted(""));
        assertThat(awaitClosed(replica).fold().result().orElseThrow().reason())
                .isEqualTo("dataset bars was rejected: labels: byte 8: count is 0");
        assertThat(replica.published("sweep-completed").path("outcome").asText())
                .isEqualTo("SWEEP_OUTCOME_FAILED");
    }

    /** A process: a trainer, and the sweeps beside its runs. */
    private static final class Replica {
        private final Trainer trainer;
        private final Jobs sweeps;
        private final JobRunner runner;
        private final List<Event> published = new CopyOnWriteArrayList<>();

        Replica(ObjectStore store, String name) {
            trainer = new Trainer(store, name);
            sweeps = new Jobs(store, JobKind.SWEEP, name, Trainer.SETTINGS.retry());
            runner = new JobRunner(
                    sweeps,
                    new SweepHandler(
                            new StoredDatasets(store).datasets(),
                            new TrialRuns(trainer.jobs(), () -> {}),
                            new SweepEvents(InstantSource.system()),
                            Trainer.SETTINGS.poll()),
                    (id, event) -> CompletableFuture.completedFuture(published.add(event)),
                    Trainer.SETTINGS.withoutSlots(),
                    () -> {});
        }

        Replica start() {
            trainer.start();
            runner.start();
            return this;
        }

        void stop() throws InterruptedException {
            runner.stop();
            trainer.stop();
        }

        JsonNode published(String type) {
            return published.stream()
                    .filter(event -> event.type().equals(type))
                    .reduce((first, second) -> {
                        throw new AssertionError("published twice: " + type);
                    })
                    .orElseThrow()
                    .body();
        }
    }

    private Replica replica(String name) {
        Replica replica = new Replica(store, name);
        replicas.add(replica);
        return replica;
    }

    private void datasets() {
        datasets.ready("bars", Pictures.of(60, 8, 3, 1), Pictures.of(12, 8, 3, 2), 12, folder);
    }

    private static void request(Replica replica, String json) throws InterruptedException {
        assertThat(replica.sweeps.accept(SWEEP, JournalJson.parse(json), "d", Asker.within("a test")))
                .isEqualTo(Acceptance.ACCEPTED);
    }

    private static void run(Replica replica, Name id, String learningRate) throws InterruptedException {
        JsonNode body = JournalJson.parse("""
                {"dataset": "bars", "model": "bars", "epochs": 4, "batchSize": 12, "seed": "5", "learningRate": %s}""".formatted(learningRate));
        assertThat(replica.trainer.jobs().accept(id, body, "own", Asker.within("a test")))
                .isEqualTo(Acceptance.ACCEPTED);
    }

    private static double accuracy(TrialRun run) {
        return run.reached().orElseThrow().validation().accuracy();
    }

    private static TrainedModel model(Job run) {
        return RunState.of(run).orElseThrow().model().orElseThrow();
    }

    private static Job awaitClosed(Replica replica) {
        return awaitClosed(replica.sweeps, SWEEP);
    }

    private static Job awaitClosed(Jobs jobs, Name id) {
        return await().atMost(TIMEOUT)
                .until(() -> jobs.find(id).filter(Job::closed), Optional::isPresent)
                .orElseThrow();
    }
}
