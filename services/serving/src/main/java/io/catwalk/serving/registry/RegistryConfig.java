package io.catwalk.serving.registry;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the registry's topics are read. */
@ConfigMapping(prefix = "catwalk.registry")
public interface RegistryConfig {
    /** The pause before a retry after a failure of the broker or for a missing topic. */
    @WithDefault("1s")
    Duration retry();

    /** The time between two polls for new partitions. */
    @WithDefault("30s")
    Duration refresh();
}
