package io.catwalk.serving.rollout;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The split of requests, for injection. */
@Singleton
class RolloutBeans {
    @Produces
    @Singleton
    TrafficSplit split(RolloutConfig config) {
        return new TrafficSplit(config.stickyHeader());
    }
}
