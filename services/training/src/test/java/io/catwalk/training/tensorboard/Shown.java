package io.catwalk.training.tensorboard;

import java.nio.FloatBuffer;
import java.time.Instant;
import java.util.List;

import io.catwalk.dataset.SampleSheet;
import io.catwalk.network.checkpoint.NamedTensor;
import io.catwalk.network.checkpoint.Weights;
import io.catwalk.network.training.TrainingSession;
import io.catwalk.training.data.Pictures;
import io.catwalk.training.loop.TinyNetwork;
import io.catwalk.training.v1.EpochCompleted;
import io.catwalk.training.v1.Metrics;

/** What the tests show of a run of 10 steps an epoch. */
final class Shown {
    static final Instant TIME = Instant.parse("2026-01-02T03:04:05.125Z");

    private Shown() {}

    static byte[] opening() {
        SampleSheet samples = new SampleSheet(Pictures.of(12, 8, 3, 1), List.of("flat", "steep", "odd"), 4);
        try (TrainingSession session = TinyNetwork.open(0.01f, 1)) {
            return OpeningEvents.file(TIME, session.graphDefinition(), samples);
        }
    }

    static EpochCompleted epoch(int epoch) {
        return EpochCompleted.newBuilder()
                .setEpoch(epoch)
                .setStep(10L * epoch)
                .setTrain(figures(0.25))
                .setLastBatch(figures(0.125))
                .setValidation(figures(1.0 / epoch))
                .setTest(figures(0.75))
                .setLearningRate(0.001)
                .setImagesPerSecond(4096)
                .build();
    }

    static List<WeightHistogram> weights() {
        return WeightHistogram.of(new Weights(List.of(
                new NamedTensor("dense_1.kernel", List.of(2, 2), FloatBuffer.wrap(new float[] {-1, 0, 0.5f, 2})),
                new NamedTensor("dense_1.bias", List.of(2), FloatBuffer.wrap(new float[] {0, 0})))));
    }

    private static Metrics figures(double loss) {
        return Metrics.newBuilder().setLoss(loss).setAccuracy(1 - loss / 4).build();
    }
}
