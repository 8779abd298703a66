package io.catwalk.serving.confidence;

import io.catwalk.serving.observation.AnsweredRequest;
import io.catwalk.serving.observation.Prediction;
import io.catwalk.serving.observation.RequestObserver;
import io.catwalk.serving.registry.ModelVersion;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** {@code catwalk_prediction_confidence_percent{model,version}}: a histogram of the most probable class's probability, by image. */
@Singleton
public final class ConfidenceMetrics implements RequestObserver {
    /** In per cent: Micrometer rounds values up to integers before it looks for their buckets. */
    private static final double[] EDGES = {20, 30, 40, 50, 60, 70, 80, 90, 95, 99};

    private static final int PERCENT = 100;

    private final MeterRegistry registry;

    public ConfidenceMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void answered(AnsweredRequest request) {
        request.prediction()
                .ifPresent(prediction -> record(summary(request.served().version()), prediction));
    }

    private static void record(DistributionSummary summary, Prediction prediction) {
        for (int image = 0; image < prediction.count(); image++) {
            summary.record(PERCENT * prediction.confidence(image));
        }
    }

    private DistributionSummary summary(ModelVersion version) {
        return DistributionSummary.builder("catwalk.prediction.confidence")
                .description("Probability of the class that an image was given")
                .baseUnit("percent")
                .serviceLevelObjectives(EDGES)
                .tag("model", version.model().value())
                .tag("version", Long.toString(version.version()))
                .register(registry);
    }
}
