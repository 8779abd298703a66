package io.catwalk.training.metrics;

import io.catwalk.training.run.RunObserver;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;

/** The runs' series, for injection. */
@Singleton
class MetricsBeans {
    @Produces
    @Singleton
    @Typed({RunSeries.class, RunObserver.class})
    RunSeries series(MeterRegistry registry, TrainingMetricsConfig config) {
        return new RunSeries(registry, config.grace(), System::nanoTime);
    }
}
