package io.catwalk.access;

import java.time.Duration;
import java.util.OptionalInt;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import org.jspecify.annotations.Nullable;

/** A token bucket that holds one second's requests. Thread-safe, without locks. */
final class RateLimit {
    private final @Nullable Bucket bucket;

    RateLimit(OptionalInt requestsPerSecond) {
        this.bucket = requestsPerSecond.isEmpty()
                ? null
                : Bucket.builder()
                        .addLimit(limit -> limit.capacity(requestsPerSecond.getAsInt())
                                .refillGreedy(requestsPerSecond.getAsInt(), Duration.ofSeconds(1)))
                        .withNanosecondPrecision()
                        .build();
    }

    /**
     * Takes one request's token.
     *
     * @return zero, or the time until there is one
     */
    Duration take() {
        if (bucket == null) {
            return Duration.ZERO;
        }
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill());
    }
}
