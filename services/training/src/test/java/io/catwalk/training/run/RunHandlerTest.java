package io.catwalk.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.chassis.jobs.JobDirectory;
import io.catwalk.chassis.jobs.JobLife;
import io.catwalk.journal.job.IndexBuilder;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobResult;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore.ObjectSummary;
import io.catwalk.training.data.Pictures;
import io.catwalk.training.data.StoredDatasets;
import io.catwalk.training.device.ResidencePolicy;
import io.catwalk.training.device.TrainingDevice.Residence;
import io.catwalk.training.tensorboard.ReadEvents;
import org.junit.jupiter.api.Test;

/** Runs from their requests to their results, on real journals and TensorFlow. */
class RunHandlerTest extends RunTestCase {
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
}
