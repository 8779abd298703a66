package io.catwalk.serving.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import io.catwalk.serving.observation.RequestHeaders;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * Draws which requests a canary answers: those whose position is below its weight. A caller's position stays the same for
 * one model and version, so that a raised weight moves callers to the canary alone.
 */
public final class TrafficSplit {
    /** Positions are multiples of 2<sup>-53</sup>, as those of {@link java.util.Random#nextDouble}. */
    private static final double UNIT = 0x1p-53;

    private final Optional<String> stickyHeader;

    /** @param stickyHeader names the caller; each request is drawn at random without it */
    public TrafficSplit(Optional<String> stickyHeader) {
        this.stickyHeader = stickyHeader.map(name -> name.toLowerCase(Locale.ROOT));
    }

    /**
     * A request's position.
     *
     * @return from 0 to below 1, uniformly distributed
     */
    public double position(String model, long version, RequestHeaders headers) {
        return stickyHeader
                .flatMap(headers::first)
                .map(caller -> position(model, version, caller))
                .orElseGet(() -> ThreadLocalRandom.current().nextDouble());
    }

    private static double position(String model, long version, String caller) {
        byte[] key = (model + '/' + version + '/' + caller).getBytes(UTF_8);
        return (MurmurHash3.hash128x64(key, 0, key.length, 0)[0] >>> 11) * UNIT;
    }
}
