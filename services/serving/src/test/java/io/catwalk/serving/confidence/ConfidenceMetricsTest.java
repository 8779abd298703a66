package io.catwalk.serving.confidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.catwalk.network.layer.ImageShape;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import io.catwalk.serving.engine.FakeEngine;
import io.catwalk.serving.observation.AnsweredRequest;
import io.catwalk.serving.observation.Prediction;
import io.catwalk.serving.queue.Served;
import io.catwalk.serving.registry.ModelVersion;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class ConfidenceMetricsTest {
    private static final Digest DIGEST = Digest.of(new byte[0]);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void eachImageFallsIntoTheBucketOfItsProbability() {
        float[] probabilities = {0.45f, 0.55f, 0.985f, 0.015f, 0.0f, 1.0f};
        new ConfidenceMetrics(registry).answered(answered(probabilities));

        assertThat(images(50)).isZero();
        assertThat(images(60)).isEqualTo(1);
        assertThat(images(95)).isEqualTo(1);
        assertThat(images(99)).isEqualTo(2);
        assertThat(snapshot().count()).isEqualTo(3);
    }

    /** With at most so many per cent. */
    private double images(double percent) {
        return Arrays.stream(snapshot().histogramCounts())
                .filter(bucket -> bucket.bucket() == percent)
                .mapToDouble(CountAtBucket::count)
                .findFirst()
                .orElseThrow();
    }

    private HistogramSnapshot snapshot() {
        return registry.get("catwalk.prediction.confidence").summary().takeSnapshot();
    }

    private static AnsweredRequest answered(float[] probabilities) {
        ModelVersion version = new ModelVersion(
                new Name("fashion"),
                1,
                DIGEST,
                Optional.empty(),
                Optional.empty(),
                new ImageShape(1, 1, 1),
                List.of("bag", "boot"),
                1);
        int images = probabilities.length / 2;
        Prediction prediction =
                new Prediction(new float[images], images, probabilities, new Prediction.Timing(0, 0, 0, 0));
        return new AnsweredRequest(
                Served.of(version, new FakeEngine(1)),
                "v1",
                name -> Optional.empty(),
                Optional.of(prediction),
                Optional.empty(),
                Duration.ZERO);
    }
}
