package io.catwalk.training.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.events.request.TrainingRequest;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.preset.Preset;
import io.catwalk.network.training.TrainingSession;
import io.catwalk.training.v1.TrainingRequested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The request files of the tutorial's exercises. */
class ExercisesTest {
    private static final Path FOLDER = Path.of("../../docs/exercises");
    private static final RunLength LENGTH = new RunLength(20, 429);

    static Stream<Path> files() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void canBeTrained(Path file) throws IOException {
        TrainingRequest request = read(file);
        assertThat(file).hasFileName(request.runId() + ".json");
        Preset preset = RequestedNetwork.of(request);
        double learningRate = request.learningRate().orElse(preset.recipe().learningRate());
        var own = preset.hyperparameters(learningRate, LENGTH.steps());
        var method = RequestedMethod.of(own, request.asked(), learningRate, LENGTH);
        var network = preset.network(new ImageShape(28, 28, 1), 10);
        try (TrainingSession session = TrainingSession.open(network, method, request.seed())) {
            assertThat(session.step(new float[28 * 28], new int[1], 0).diverged())
                    .isFalse();
        }
    }

    /** One thing at a time: without it, all but the first two fields are the plain one's. */
    @Test
    void eachChangesOneThing() throws IOException {
        TrainingRequested plain = read(FOLDER.resolve("plain.json")).asked();
        for (Path file : files().toList()) {
            TrainingRequested asked = read(file).asked();
            TrainingRequested unchanged = asked.toBuilder()
                    .setRunId(plain.getRunId())
                    .setDataset(plain.getDataset())
                    .clearNetwork()
                    .clearLayers()
                    .clearLearningRate()
                    .clearSchedule()
                    .clearOptimizer()
                    .clearInitializers()
                    .build();
            assertThat(unchanged).as(file.toString()).isEqualTo(plain);
        }
    }

    private static TrainingRequest read(Path file) throws IOException {
        TrainingRequested asked = EventJson.read(EventType.TRAINING_REQUESTED, Files.readAllBytes(file));
        EventType.TRAINING_REQUESTED.check(asked);
        return TrainingRequest.from(asked, asked.getRunId());
    }
}
