package io.catwalk.serving.confidence;

import io.catwalk.serving.observation.AnsweredRequest;
import io.catwalk.serving.observation.Prediction;
import io.catwalk.serving.observation.RequestObserver;
import io.catwalk.serving.registry.ModelVersion;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** {@code catwalk_prediction_confidence{model,version}}: a histogram of the most probable class's probability, by image. */
@Singleton
public final class ConfidenceMetrics implements RequestObserver {
    private static final double[] EDGES = {0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99};

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
            summary.record(prediction.confidence(image));
        }
    }

    private DistributionSummary summary(ModelVersion version) {
        return DistributionSummary.builder("catwalk.prediction.confidence")
                .description("Probability of the class that an image was given")
                .serviceLevelObjectives(EDGES)
                .tag("model", version.model().value())
                .tag("version", Long.toString(version.version()))
                .register(registry);
    }
}
