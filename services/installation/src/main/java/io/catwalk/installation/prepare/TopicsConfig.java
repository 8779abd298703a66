package io.catwalk.installation.prepare;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the topics are created. */
@ConfigMapping(prefix = "catwalk.topics")
public interface TopicsConfig {
    /** Partitions of a topic that replicas share; a table always has one, so that its order is one. */
    @WithDefault("3")
    int partitions();

    /** Copies of each partition. Of three or more, one may be missing at a write. */
    @WithDefault("1")
    short replicationFactor();

    /** How long requests and results stay. */
    @WithDefault("7d")
    Duration retention();

    /** How long refused records stay. */
    @WithDefault("30d")
    Duration deadLetterRetention();

    /** How long logged requests stay, which may hold their images. */
    @WithDefault("1d")
    Duration payloadLogRetention();
}
