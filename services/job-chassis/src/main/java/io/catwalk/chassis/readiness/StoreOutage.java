package io.catwalk.chassis.readiness;

import java.time.Duration;
import java.util.Optional;

import io.catwalk.chassis.store.StoreAnswers;

/**
 * Decides from probes whether the store is unavailable: they fail in a row for some time, and no other call is answered meanwhile.
 * So neither one lost answer nor the refusal of the probe's own key makes an outage; one answer ends it.
 */
final class StoreOutage {
    private static final int FAILURES = 2;

    private final StoreAnswers answers;
    private final Duration grace;
    private int failures;
    private long failingSince;
    private volatile Optional<String> problem = Optional.empty();

    /** @param grace how long probes must fail */
    StoreOutage(StoreAnswers answers, Duration grace) {
        this.answers = answers;
        this.grace = grace;
    }

    /** Why the store is away; empty while it isn't. */
    Optional<String> problem() {
        return problem;
    }

    void answered() {
        failures = 0;
        problem = Optional.empty();
    }

    /**
     * A probe failed.
     *
     * @param started when it began, in nanoseconds
     * @param now when it failed, in nanoseconds
     */
    void failed(String reason, long started, long now) {
        if (failures == 0 || answers.since(failingSince)) {
            failures = 0;
            failingSince = started;
        }
        failures++;
        boolean away = failures >= FAILURES && now - failingSince >= grace.toNanos();
        problem = away ? Optional.of(reason) : Optional.empty();
    }
}
