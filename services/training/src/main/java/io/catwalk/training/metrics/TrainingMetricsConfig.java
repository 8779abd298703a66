package io.catwalk.training.metrics;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What Prometheus sees of runs. */
@ConfigMapping(prefix = "catwalk.training.metrics")
public interface TrainingMetricsConfig {
    /** How long a run's series stay after this process's work on it has ended. */
    @WithDefault("10m")
    Duration grace();

    /** Interval of polls of the open runs for {@code catwalk_runs}. */
    @WithDefault("15s")
    Duration runsRefresh();
}
