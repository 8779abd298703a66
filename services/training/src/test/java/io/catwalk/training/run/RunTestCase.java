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
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catwalk.dataset.Splits;
import io.catwalk.journal.Asker;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.job.Acceptance;
import io.catwalk.journal.job.Job;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.preset.Preset;
import io.catwalk.network.preset.Presets;
import io.catwalk.network.preset.Recipe;
import io.catwalk.network.training.TrainingSession;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore.ObjectSummary;
import io.catwalk.training.checkpoint.StoredCheckpoint;
import io.catwalk.training.data.Pictures;
import io.catwalk.training.data.StoredDatasets;
import io.catwalk.training.loop.DataOrder;
import io.catwalk.training.loop.DivergedException;
import io.catwalk.training.loop.LoopSettings;
import io.catwalk.training.loop.Position;
import io.catwalk.training.loop.TrainingLoop;
import io.catwalk.training.tensorboard.EventFiles;
import io.catwalk.training.tensorboard.ReadEvents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs of trainers on real journals and TensorFlow. */
abstract class RunTestCase {
    static final int SIDE = 8;
    static final int CLASSES = 3;
    static final int EPOCHS = 3;
    static final Duration TIMEOUT = Duration.ofSeconds(20);
    static final Name RUN = new Name("r1");

    @TempDir
    Path folder;

    final FlakyStore store = new FlakyStore(new InMemoryObjectStore(InstantSource.system()));
    final StoredDatasets datasets = new StoredDatasets(store);
    final List<Trainer> trainers = new ArrayList<>();

    @AfterEach
    void stopAll() throws InterruptedException {
        for (Trainer trainer : trainers) {
            trainer.stop();
        }
    }

    Trainer trainer(String name) {
        Trainer trainer = new Trainer(store, name);
        trainers.add(trainer);
        return trainer;
    }

    Digest datasets() {
        return datasets.ready("bars", Pictures.of(60, SIDE, CLASSES, 1), Pictures.of(12, SIDE, CLASSES, 2), 12, folder);
    }

    /** Trains until a run of 30 epochs has at least two checkpoints, and gives it back. */
    Job trainAWhile() throws InterruptedException {
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
    Trainer releasedAfterTheSecondEpoch(String fields) throws InterruptedException {
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

    static void stopLater(Trainer trainer, CountDownLatch stopped) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                trainer.stop();
                stopped.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    EventFiles eventFiles() {
        return new EventFiles(store, RUN);
    }

    byte[] content(List<ObjectSummary> files) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try {
            eventFiles().copy(files, content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return content.toByteArray();
    }

    ReadEvents shown(List<ObjectSummary> files) {
        return ReadEvents.of(content(files));
    }

    Digest digest(List<ObjectSummary> files) {
        return Digest.of(content(files));
    }

    static ObjectKey checkpointKey(StoredCheckpoint checkpoint) {
        return Artifacts.checkpoints(RUN).key(Digest.parse(checkpoint.digest()).hex());
    }

    static void request(Trainer trainer, String fields) throws InterruptedException {
        request(trainer, RUN, fields);
    }

    static void request(Trainer trainer, Name id, String fields) throws InterruptedException {
        JsonNode body = body(fields);
        assertThat(trainer.jobs()
                        .accept(
                                id,
                                body,
                                Digest.of(body.toString().getBytes(StandardCharsets.UTF_8))
                                        .toString(),
                                Asker.within("a test")))
                .isEqualTo(Acceptance.ACCEPTED);
    }

    static JsonNode body(String fields) {
        var body = (ObjectNode) JournalJson.parse("{\"dataset\": \"bars\", \"model\": \"bars\", \"epochs\": " + EPOCHS
                + ", \"batchSize\": 12, \"learningRate\": 0.001, \"seed\": \"5\"}");
        body.setAll((ObjectNode) JournalJson.parse(fields));
        return body;
    }

    static Job awaitClosed(Trainer trainer) {
        return awaitClosed(trainer, RUN);
    }

    static Job awaitClosed(Trainer trainer, Name id) {
        return await().atMost(TIMEOUT)
                .until(() -> trainer.jobs().find(id).filter(Job::closed), Optional::isPresent)
                .orElseThrow();
    }

    static RunState state(Job job) {
        return RunState.of(job).orElseThrow();
    }

    static TrainedModel model(Job job) {
        return state(job).model().orElseThrow();
    }

    static String kind(Trainer trainer) {
        return trainer.published().getLast().event().body().path("kind").asText();
    }

    static List<Integer> recordedEpochs(Trainer trainer) {
        return recordedEpochs(trainer, RUN);
    }

    static List<Integer> recordedEpochs(Trainer trainer, Name run) {
        return trainer.jobs().history(run).stream()
                .flatMap(entry -> entry.entry().event().stream())
                .filter(event -> event.type().equals("epoch-completed"))
                .map(event -> event.body().path("epoch").asInt())
                .toList();
    }

    static List<Integer> oneTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }

    static String bareLoop() throws DivergedException {
        return bareLoop(EPOCHS);
    }

    static String bareLoop(int epochs) throws DivergedException {
        return recipe("tutorial-cnn", epochs);
    }

    /** The weights' digest after the same training without journals. */
    static String recipe(String name, int epochs) throws DivergedException {
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
