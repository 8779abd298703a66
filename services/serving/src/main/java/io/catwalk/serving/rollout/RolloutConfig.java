package io.catwalk.serving.rollout;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How requests are shared among the versions of a rollout, and what is told of them. */
@ConfigMapping(prefix = "catwalk.rollout")
public interface RolloutConfig {
    /**
     * A header, or key of a call's metadata, whose equal values get the same version while weight and versions stay. Without it
     * each request is drawn at random.
     */
    Optional<String> stickyHeader();

    /** Time between two events of what the versions did. */
    @WithDefault("10s")
    Duration window();

    Copies copies();

    /** Copies of requests, which are run to compare two versions. */
    interface Copies {
        /** The share of a canary's requests that stable gets copies of, 0 to 1. */
        @WithDefault("0.25")
        double canaryShare();

        /** Images of copies that may wait; a copy beyond is dropped. */
        @WithDefault("256")
        int maxWaitingImages();
    }
}
