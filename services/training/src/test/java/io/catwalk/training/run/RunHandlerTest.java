package io.catwalk.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catwalk.chassis.jobs.JobDirectory;
import io.catwalk.chassis.jobs.JobLife;
import io.catwalk.chassis.runs.RunEpochs;
import io.catwalk.dataset.Splits;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.job.Acceptance;
import io.catwalk.journal.job.Cancellation;
import io.catwalk.journal.job.IndexBuilder;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobResult;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.preset.Preset;
import io.catwalk.network.preset.Presets;
import io.catwalk.network.preset.Recipe;
import io.catwalk.network.training.TrainingSession;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore.ObjectSummary;
import io.catwalk.training.checkpoint.StoredCheckpoint;
import io.catwalk.training.data.Pictures;
import io.catwalk.training.data.StoredDatasets;
import io.catwalk.training.device.ResidencePolicy;
import io.catwalk.training.device.TrainingDevice.Residence;
import io.catwalk.training.loop.DataOrder;
import io.catwalk.training.loop.DivergedException;
import io.catwalk.training.loop.LoopSettings;
import io.catwalk.training.loop.Position;
import io.catwalk.training.loop.TrainingLoop;
import io.catwalk.training.tensorboard.EventFiles;
import io.catwalk.training.tensorboard.ReadEvents;
import io.catwalk.training.v1.EpochCompleted;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs from their requests to their results, on real journals and TensorFlow. */
class RunHandlerTest {
    private static final int SIDE = 8;
    private static final int CLASSES = 3;
    private static final int EPOCHS = 3;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Name RUN = new Name("r1");

    @TempDir
    Path folder;

    private final FlakyStore store = new FlakyStore(new InMemoryObjectStore(InstantSource.system()));
    private final StoredDatasets datasets = new StoredDatasets(store);
    private final List<Trainer> trainers = new ArrayList<>();

    @AfterEach
    void stopAll() throws InterruptedException {
        for (Trainer trainer : trainers) {
            trainer.stop();
        }
    }

    @Test
    void trainsAsTheBareLoopDoesAndPublishesEachEpochOnce() throws Exception {
        Trainer trainer = trainer("t1").start();
        request(trainer, "{}");
        datasets();

        Job job = awaitClosed(trainer);
        assertThat(job.fold().result()).contains(JobResult.succeeded());
        assertThat(trainer.types())
                .containsExactly(
                        "training-started",
                        "epoch-completed",
                        "epoch-completed",
                        "epoch-completed",
                        "training-completed");
        assertThat(trainer.published()).extracting(Trainer.JournalEvent::id).doesNotHaveDuplicates();
        assertThat(model(job).weightsDigest()).isEqualTo(bareLoop());
        assertThat(new Blobs(store).exists(Digest.parse(model(job).modelDigest())))
                .isTrue();
        assertThat(new StoredDatasets(store).datasets().names()).contains(new Name("bars"));
    }

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
    void pinsTheNewestContentOrTheOneThatIsNamed() throws Exception {
        Digest first = datasets();
        Digest second = datasets.ready(
                "bars", Pictures.of(50, SIDE, CLASSES, 5), Pictures.of(12, SIDE, CLASSES, 6), 12, folder);
        Trainer trainer = trainer("t1").start();
        request(trainer, "{}");
        request(trainer, new Name("r2"), "{\"dataset\": \"bars@" + first + "\"}");

        assertThat(state(awaitClosed(trainer)).datasetDigest()).isEqualTo(second.toString());
        assertThat(state(awaitClosed(trainer, new Name("r2"))).datasetDigest()).isEqualTo(first.toString());
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
    void showsEachEpochOnceAsItsEntrySaysIt() throws Exception {
        datasets();
        Trainer trainer = trainer("t1").start();
        request(trainer, "{\"testEachEpoch\": true}");
        Job job = awaitClosed(trainer);

        List<ObjectSummary> files = eventFiles().all();
        assertThat(files)
                .extracting(ObjectSummary::name)
                .containsExactly(
                        "events.out.tfevents.0000000000.catwalk",
                        "events.out.tfevents.0000000001.catwalk",
                        "events.out.tfevents.0000000002.catwalk",
                        "events.out.tfevents.0000000003.catwalk");
        ReadEvents read = shown(files);
        assertThat(read.scalars().get("loss/test")).hasSize(EPOCHS);
        assertThat(read.scalars().get("loss/validation").getLast()).isEqualTo((float)
                state(job).latest().orElseThrow().validation().loss());
        assertThat(read.histograms().keySet()).hasSize(10).contains("weights/conv2d_1.kernel");
        assertThat(read.events().stream().filter(event -> event.getGraphDef().size() > 0))
                .hasSize(1);
        trainer.jobs().history(RUN).stream()
                .flatMap(entry -> entry.entry().event().stream())
                .filter(event -> event.type().equals("epoch-completed"))
                .forEach(event -> assertThat(shown(List.of(
                                        files.get(event.body().path("epoch").asInt())))
                                .events())
                        .allSatisfy(shown -> assertThat(shown.getWallTime())
                                .isEqualTo(event.time().getEpochSecond()
                                        + event.time().getNano() / 1e9)));
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
    void aStoreThatRefusesEventFilesDoesNotEndTheRun() throws Exception {
        datasets();
        store.refuse(path -> path.contains("/tensorboard/"));
        Trainer trainer = trainer("t1").start();
        request(trainer, "{}");
        assertThat(awaitClosed(trainer).fold().result()).contains(JobResult.succeeded());
        assertThat(eventFiles().all()).isEmpty();
    }

    @Test
    void keepsTheLastTwoCheckpointsAndTheBest() throws Exception {
        datasets();
        Trainer trainer = trainer("t1").start();
        request(trainer, "{\"epochs\": 12}");
        RunState state = state(awaitClosed(trainer));

        List<String> stored = store.list(Artifacts.checkpoints(RUN)).stream()
                .map(ObjectSummary::name)
                .toList();
        assertThat(state.checkpoints())
                .hasSizeBetween(1, 3)
                .extracting(checkpoint -> Digest.parse(checkpoint.digest()).hex())
                .containsExactlyInAnyOrderElementsOf(stored);
        assertThat(state.newest().orElseThrow().step()).isEqualTo(12 * 4);
    }

    @Test
    void aStoreThatIsAwayDoesNotStopTheTraining() throws Exception {
        datasets();
        Trainer trainer = trainer("t1");
        AtomicInteger epochs = new AtomicInteger();
        trainer.onEpoch(figures -> {
            if (epochs.incrementAndGet() == 2) {
                store.away(path -> path.startsWith("runs/"));
            }
        });
        trainer.start();
        request(trainer, "{\"epochs\": 10}");
        await().atMost(TIMEOUT).until(() -> epochs.get() == 10);
        long recorded = trainer.jobs()
                .find(RUN)
                .map(RunHandlerTest::state)
                .orElseThrow()
                .epochs();
        assertThat(recorded).isLessThan(10);

        store.away(path -> false);
        Job job = awaitClosed(trainer);
        assertThat(model(job).weightsDigest()).isEqualTo(bareLoop(10));
        assertThat(recordedEpochs(trainer)).containsExactlyElementsOf(oneTo(10));
        assertThat(eventFiles().all()).hasSize(11);
    }

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
    void stopsEarlyAndTakesTheBestEpochsWeights() throws Exception {
        datasets();
        Trainer trainer = trainer("t1").start();
        request(trainer, "{\"epochs\": 400, \"earlyStopping\": {\"patience\": 5}}");
        RunState state = state(awaitClosed(trainer));

        int best = state.best().orElseThrow().epoch();
        assertThat(state.epochs()).isEqualTo(best + 5).isLessThan(400);
        assertThat(model(trainer.jobs().find(RUN).orElseThrow()).weightsDigest())
                .isEqualTo(bareLoop(best));
        JsonNode completed = trainer.published().getLast().event().body();
        assertThat(completed.path("modelEpoch").asInt()).isEqualTo(best);
        assertThat(completed.path("epochsDone").asInt()).isEqualTo(best + 5);
        assertThat(completed.path("validation").path("accuracy").asDouble())
                .isEqualTo(state.best().orElseThrow().validation().accuracy());
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

    @Test
    void aSplitKeptOnTheDeviceIsTrainedOnToTheSameBits() throws Exception {
        datasets();
        Trainer trainer = new Trainer(store, "t1", new Residence(ResidencePolicy.ALWAYS, 3));
        trainers.add(trainer);
        trainer.start();
        request(trainer, "{\"epochs\": 8, \"network\": \"regularised-cnn\"}");
        Job job = awaitClosed(trainer);
        assertThat(model(job).weightsDigest()).isEqualTo(recipe("regularised-cnn", 8));
        assertThat(recordedEpochs(trainer)).containsExactlyElementsOf(oneTo(8));
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

    @Test
    void layersOfItsOwnTrainAsAPresetOfThem() throws Exception {
        datasets();
        Trainer trainer = trainer("t1").start();
        request(trainer, """
                {"layers": [
                  {"conv2d": {"filters": 32, "activation": "relu"}}, {"maxPool": {}},
                  {"conv2d": {"filters": 64, "activation": "relu"}}, {"maxPool": {}},
                  {"conv2d": {"filters": 128, "activation": "relu"}}, {"maxPool": {}},
                  {"flatten": {}}, {"dense": {"units": 128, "activation": "relu"}}, {"dense": {"units": 3}}]}""");
        assertThat(model(awaitClosed(trainer)).weightsDigest()).isEqualTo(bareLoop());
    }

    @Test
    void takesSizeChannelsAndClassesFromTheDataset() throws Exception {
        var colour = new io.catwalk.dataset.ImageDimensions(32, 32, 3);
        datasets.ready("bars", Pictures.of(60, colour, 3, 1), Pictures.of(12, colour, 3, 2), 12, folder);
        Trainer trainer = trainer("t1").start();
        request(trainer, "{\"epochs\": 1}");

        assertThat(awaitClosed(trainer).fold().result()).contains(JobResult.succeeded());
        long parameters = 3 * 9 * 32 + 32 + 32 * 9 * 64 + 64 + 64 * 9 * 128 + 128 + 2048 * 128 + 128 + 128 * 3 + 3;
        assertThat(trainer.published()
                        .getFirst()
                        .event()
                        .body()
                        .path("parameters")
                        .asLong())
                .isEqualTo(parameters);
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

    @Test
    void theDirectoryShowsRunsByTheirLives() throws Exception {
        Trainer trainer = trainer("t1").start();
        request(trainer, "{\"dataset\": \"missing\"}");
        datasets();
        request(trainer, new Name("r2"), "{}");
        awaitClosed(trainer, new Name("r2"));

        JobDirectory directory = new JobDirectory(trainer.jobs(), trainer.handler(), new IndexBuilder(trainer.jobs()));
        assertThat(directory.page(Optional.empty(), 10, Function.identity()).jobs())
                .extracting(run -> run.id() + " " + run.life() + " " + run.reason())
                .containsExactlyInAnyOrder("r2 COMPLETED ", "r1 WAITING dataset missing isn't ingested yet");
        assertThat(directory.page(Optional.empty(), 1, Function.identity()).jobs())
                .hasSize(1);
        assertThat(directory.countOpen()).containsEntry(JobLife.WAITING, 1L).doesNotContainKey(JobLife.COMPLETED);
        assertThat(directory.find(new Name("r3"))).isEmpty();
    }

    private Trainer trainer(String name) {
        Trainer trainer = new Trainer(store, name);
        trainers.add(trainer);
        return trainer;
    }

    private Digest datasets() {
        return datasets.ready("bars", Pictures.of(60, SIDE, CLASSES, 1), Pictures.of(12, SIDE, CLASSES, 2), 12, folder);
    }

    /** Trains until a run of 30 epochs has at least two checkpoints, and gives it back. */
    private Job trainAWhile() throws InterruptedException {
        Trainer first = trainer("t1");
        CountDownLatch stopped = new CountDownLatch(1);
        first.onEpoch(figures -> {
            boolean enough = first.jobs()
                    .find(RUN)
                    .map(job -> state(job).checkpoints().size() >= 2)
                    .orElse(false);
            if (enough && stopped.getCount() > 0) {
                stopLater(first, stopped);
            }
        });
        first.start();
        request(first, "{\"epochs\": 30, \"checkpointInterval\": \"0.001s\"}");
        assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
        return first.jobs().find(RUN).orElseThrow();
    }

    /** A trainer that gave the run back when its second epoch was done. */
    private Trainer releasedAfterTheSecondEpoch(String fields) throws InterruptedException {
        Trainer first = trainer("t1");
        CountDownLatch stopped = new CountDownLatch(1);
        first.onEpoch(figures -> {
            if (figures.epoch() == 2) {
                stopLater(first, stopped);
            }
        });
        first.start();
        request(first, fields);
        assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
        return first;
    }

    private static void stopLater(Trainer trainer, CountDownLatch stopped) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                trainer.stop();
                stopped.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void damage(StoredCheckpoint checkpoint) {
        byte[] bytes = store.read(checkpointKey(checkpoint), checkpoint.bytes())
                .orElseThrow()
                .content()
                .clone();
        bytes[bytes.length / 2] ^= 1;
        store.put(checkpointKey(checkpoint), bytes);
    }

    private EventFiles eventFiles() {
        return new EventFiles(store, RUN);
    }

    private byte[] content(List<ObjectSummary> files) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try {
            eventFiles().copy(files, content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return content.toByteArray();
    }

    private ReadEvents shown(List<ObjectSummary> files) {
        return ReadEvents.of(content(files));
    }

    private Digest digest(List<ObjectSummary> files) {
        return Digest.of(content(files));
    }

    private static ObjectKey checkpointKey(StoredCheckpoint checkpoint) {
        return Artifacts.checkpoints(RUN).key(Digest.parse(checkpoint.digest()).hex());
    }

    private static void request(Trainer trainer, String fields) throws InterruptedException {
        request(trainer, RUN, fields);
    }

    private static void request(Trainer trainer, Name id, String fields) throws InterruptedException {
        JsonNode body = body(fields);
        assertThat(trainer.jobs()
                        .accept(
                                id,
                                body,
                                Digest.of(body.toString().getBytes(StandardCharsets.UTF_8))
                                        .toString()))
                .isEqualTo(Acceptance.ACCEPTED);
    }

    private static JsonNode body(String fields) {
        var body = (ObjectNode) JournalJson.parse("{\"dataset\": \"bars\", \"model\": \"bars\", \"epochs\": " + EPOCHS
                + ", \"batchSize\": 12, \"learningRate\": 0.001, \"seed\": \"5\"}");
        body.setAll((ObjectNode) JournalJson.parse(fields));
        return body;
    }

    private static Cancellation cancel(Trainer trainer, String reason) {
        try {
            return trainer.jobs().cancel(RUN, reason);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Job awaitClosed(Trainer trainer) {
        return awaitClosed(trainer, RUN);
    }

    private static Job awaitClosed(Trainer trainer, Name id) {
        return await().atMost(TIMEOUT)
                .until(() -> trainer.jobs().find(id).filter(Job::closed), Optional::isPresent)
                .orElseThrow();
    }

    private static RunState state(Job job) {
        return RunState.of(job).orElseThrow();
    }

    private static TrainedModel model(Job job) {
        return state(job).model().orElseThrow();
    }

    private static boolean hasCheckpoint(Trainer trainer) {
        return state(trainer.jobs().find(RUN).orElseThrow()).newest().isPresent();
    }

    private static String kind(Trainer trainer) {
        return trainer.published().getLast().event().body().path("kind").asText();
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

    private static List<Integer> recordedEpochs(Trainer trainer) {
        return recordedEpochs(trainer, RUN);
    }

    private static List<Integer> recordedEpochs(Trainer trainer, Name run) {
        return trainer.jobs().history(run).stream()
                .flatMap(entry -> entry.entry().event().stream())
                .filter(event -> event.type().equals("epoch-completed"))
                .map(event -> event.body().path("epoch").asInt())
                .toList();
    }

    private static List<Integer> oneTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }

    private static String bareLoop() throws DivergedException {
        return bareLoop(EPOCHS);
    }

    private static String bareLoop(int epochs) throws DivergedException {
        return recipe("tutorial-cnn", epochs);
    }

    /** The weights' digest after the same training without journals. */
    private static String recipe(String name, int epochs) throws DivergedException {
        Splits splits = Splits.of(Pictures.of(60, SIDE, CLASSES, 1), Pictures.of(12, SIDE, CLASSES, 2), 12);
        Preset preset = Presets.named(name).orElseThrow();
        Recipe recipe = preset.recipe();
        var network = preset.network(new ImageShape(SIDE, SIDE, 1), CLASSES);
        long steps = epochs * (48L / 12);
        try (TrainingSession session = TrainingSession.open(network, preset.hyperparameters(0.001, steps), 5)) {
            DataOrder order = recipe.shuffled() ? new DataOrder.Shuffled(5) : new DataOrder.Fixed();
            var settings = new LoopSettings(epochs, 12, order, false);
            var loop = new TrainingLoop(session, settings, splits, Position.start(), System::nanoTime);
            while (!loop.isFinished()) {
                loop.advance(() -> {});
            }
            return Digest.of(session.weights().toBytes()).toString();
        }
    }
}
