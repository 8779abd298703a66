package io.catwalk.serving.registry;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the registry's topics are read. */
@ConfigMapping(prefix = "catwalk.registry")
public interface RegistryConfig {
    /** The pause before the broker or a missing topic is tried again. */
    @WithDefault("1s")
    Duration retry();

    /** The time between two looks for new partitions. */
    @WithDefault("30s")
    Duration refresh();
}
