package io.catwalk.serving.registry;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the registry's topics are read. */
@ConfigMapping(prefix = "catwalk.registry")
public interface RegistryConfig {
    /** What the topics' names begin with, so that two installations can share a broker. */
    Optional<String> topicPrefix();

    /** The pause before the broker or a missing topic is tried again. */
    @WithDefault("1s")
    Duration retry();

    /** The time between two looks for new partitions. */
    @WithDefault("30s")
    Duration refresh();
}
