package io.catwalk.serving.protocol.admission;

import java.time.Duration;
import java.util.OptionalLong;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The limits of requests. */
@ConfigMapping(prefix = "catwalk.http")
public interface HttpConfig {
    /** Bytes of a request's body, after inflating; more is answered with 413. */
    @WithDefault("8388608")
    int maxBodyBytes();

    /**
     * Bytes of memory for all requests' bodies together, those still arriving included; a body that exceeds it is answered
     * with 429. At least three times {@link #maxBodyBytes}; an eighth of the heap if it isn't given.
     */
    OptionalLong maxBytesInFlight();

    /** Time for a body to arrive; a slower one is answered with 408. */
    @WithDefault("10s")
    Duration bodyTimeout();

    /** Prediction requests that are worked on at the same time; one more is answered with 429. */
    @WithDefault("256")
    int maxConcurrentRequests();
}
