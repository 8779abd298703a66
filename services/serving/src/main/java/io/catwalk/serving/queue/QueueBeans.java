package io.catwalk.serving.queue;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The process's one set of measures of inference. */
@Singleton
public class QueueBeans {
    @Produces
    @Singleton
    InferenceMetrics metrics(MeterRegistry registry, MetricsConfig config) {
        return new InferenceMetrics(registry, config.objective());
    }
}
