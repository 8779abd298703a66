package io.catwalk.serving.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import io.catwalk.objectstore.Digest;
import io.catwalk.serving.observation.RequestHeaders;
import io.catwalk.serving.tracing.CallerTrace;

/**
 * Takes a share of requests. The same trace, or else the same request id, is taken by every replica or by none; a request without
 * both is taken by chance.
 */
final class Sampling {
    private static final int DIGITS = 13;
    private static final double RANGE = 0x1p52;

    private final double share;

    /** @throws IllegalArgumentException for a share below 0 or above 1 */
    Sampling(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("catwalk.payload-log.share is " + share + ", must be 0 to 1");
        }
        this.share = share;
    }

    /** Whether any request may be taken. */
    boolean takesAny() {
        return share > 0;
    }

    boolean takes(RequestHeaders headers) {
        return share > 0 && position(headers) < share;
    }

    /** From 0 to below 1. */
    private static double position(RequestHeaders headers) {
        return digits(headers)
                .map(digits -> Long.parseLong(digits, 16) / RANGE)
                .orElseGet(() -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * 52 bits, which a double holds exactly: the last of a trace's id, which W3C's Trace Context Level 2 has to be random, or of the
     * digest of a request's id.
     */
    private static Optional<String> digits(RequestHeaders headers) {
        Optional<String> trace = CallerTrace.id(headers).map(id -> id.substring(id.length() - DIGITS));
        return trace.or(() -> headers.first(RequestHeaders.REQUEST_ID)
                .map(id -> Digest.of(id.getBytes(UTF_8)).hex().substring(0, DIGITS)));
    }
}
