package io.catwalk.serving.queue;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The metrics of inference. */
@ConfigMapping(prefix = "catwalk.inference")
public interface MetricsConfig {
    /** The latency objective of a prediction: an edge of the latency histograms' buckets. */
    @WithDefault("50ms")
    Duration objective();
}
