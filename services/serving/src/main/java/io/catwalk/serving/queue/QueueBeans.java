package io.catwalk.serving.queue;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The metrics of inference and the queues' limits, for injection. */
@Singleton
public class QueueBeans {
    @Produces
    @Singleton
    InferenceMetrics metrics(MeterRegistry registry, MetricsConfig config) {
        return new InferenceMetrics(registry, config.objective());
    }

    @Produces
    @Singleton
    BatchLimits limits(QueueConfig config) {
        if (config.maxImagesPerRequest() > config.maxWaitingImages()) {
            throw new IllegalArgumentException("catwalk.queue.max-images-per-request is "
                    + config.maxImagesPerRequest() + ", but must be at most catwalk.queue.max-waiting-images, "
                    + config.maxWaitingImages());
        }
        return new BatchLimits(
                config.maxWaitingImages(),
                config.maxBatch(),
                config.dispatchers().orElse(Runtime.getRuntime().availableProcessors()),
                config.deadline().dividedBy(2));
    }
}
