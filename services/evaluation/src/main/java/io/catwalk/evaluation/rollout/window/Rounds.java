package io.catwalk.evaluation.rollout.window;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import io.catwalk.evaluation.rollout.judgement.Counts;

/**
 * Puts the replicas' windows together to rounds, in the order of their topic: a round ends with the first window of a replica that has
 * one in it. So the requests that one caller has spread over the replicas in the same seconds count as one observation, and no
 * clocks are compared. Not thread-safe.
 */
public final class Rounds {
    private final Set<String> replicas = new HashSet<>();
    private Round current = Round.EMPTY;

    /** @param length of its longest window */
    public record Round(Counts canary, Counts stable, Duration length) {
        private static final Round EMPTY = new Round(Counts.NONE, Counts.NONE, Duration.ZERO);

        private Round plus(Counts moreCanary, Counts moreStable, Duration other) {
            return new Round(
                    canary.plus(moreCanary), stable.plus(moreStable), length.compareTo(other) < 0 ? other : length);
        }
    }

    /** The round that this window ends. A window that isn't of both versions counts for none. */
    public Optional<Round> add(Window window) {
        if (window.canary().isEmpty() || window.stable().isEmpty()) {
            return Optional.empty();
        }
        Optional<Round> ended = Optional.empty();
        if (!replicas.add(window.replica())) {
            ended = Optional.of(current);
            current = Round.EMPTY;
            replicas.clear();
            replicas.add(window.replica());
        }
        current = current.plus(window.canary().get(), window.stable().get(), window.length());
        return ended;
    }
}
