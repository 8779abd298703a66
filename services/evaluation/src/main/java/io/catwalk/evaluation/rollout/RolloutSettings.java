package io.catwalk.evaluation.rollout;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import io.catwalk.evaluation.rollout.replay.ReplaySettings;
import io.catwalk.evaluation.rollout.window.Fleet.Patience;

/**
 * How rollouts are judged, checked.
 *
 * @param steps weights, ascending, each above 0 and below 1
 * @param alpha probability of a false rollback
 */
public record RolloutSettings(
        List<Double> steps,
        double alpha,
        Margins margins,
        Duration latencyBound,
        long minRequests,
        Duration minTime,
        Duration deadline,
        Patience patience,
        ReplaySettings replay) {
    private static final String PREFIX = "catwalk.rollout.";
    private static final int MOST_REPLAYED = 100_000;

    /**
     * Each above 0, below 1.
     *
     * @param disagreement above that on the test set
     * @param disagreementLimit in its place
     */
    public record Margins(double errors, double latency, double disagreement, Optional<Double> disagreementLimit) {
        public Margins {
            requireShare("error-margin", errors);
            requireShare("latency-margin", latency);
            requireShare("disagreement-margin", disagreement);
            disagreementLimit.ifPresent(limit -> requireShare("disagreement-limit", limit));
        }
    }

    /** @throws IllegalArgumentException naming the key, its value and its limit */
    public RolloutSettings {
        steps = List.copyOf(steps);
        require(
                !steps.isEmpty() && steps.stream().allMatch(step -> step > 0 && step < 1),
                "steps",
                steps,
                "above 0 and below 1");
        List<Double> ordered = steps;
        require(
                IntStream.range(1, steps.size()).allMatch(i -> ordered.get(i - 1) < ordered.get(i)),
                "steps",
                steps,
                "ascending");
        require(alpha > 0 && alpha < 0.5, "alpha", alpha, "above 0 and below 0.5");
        require(minRequests >= 1, "min-requests", minRequests, "at least 1");
        requireNotNegative("min-time", minTime);
        requirePositive("latency-bound", latencyBound);
        requirePositive("deadline", deadline);
        requirePositive("silence", patience.silence());
        requireNotNegative("patience", patience.rollback());
        require(patience.restarts() >= 0, "restarts", patience.restarts(), "at least 0");
        require(
                replay.requests() >= 0 && replay.requests() <= MOST_REPLAYED,
                "replay-requests",
                replay.requests(),
                "0 to " + MOST_REPLAYED);
        require(
                replay.minRequests() >= 1 && (replay.requests() == 0 || replay.minRequests() <= replay.requests()),
                "replay-min-requests",
                replay.minRequests(),
                "1 to replay-requests, " + replay.requests());
        requirePositive("replay-max-age", replay.maxAge());
        requirePositive("replay-time", replay.time());
    }

    static RolloutSettings of(RolloutConfig config) {
        return new RolloutSettings(
                config.steps(),
                config.alpha(),
                new Margins(
                        config.errorMargin(),
                        config.latencyMargin(),
                        config.disagreementMargin(),
                        config.disagreementLimit()),
                config.latencyBound(),
                config.minRequests(),
                config.minTime(),
                config.deadline(),
                new Patience(config.silence(), config.patience(), config.restarts()),
                new ReplaySettings(
                        config.replayRequests(),
                        config.replayMinRequests(),
                        config.replayMaxAge(),
                        config.replayTime()));
    }

    private static void requireShare(String key, double share) {
        require(share > 0 && share < 1, key, share, "above 0 and below 1");
    }

    private static void requirePositive(String key, Duration duration) {
        require(!duration.isNegative() && !duration.isZero(), key, duration, "above 0");
    }

    private static void requireNotNegative(String key, Duration duration) {
        require(!duration.isNegative(), key, duration, "at least 0");
    }

    private static void require(boolean holds, String key, Object value, String limit) {
        if (!holds) {
            throw new IllegalArgumentException(PREFIX + key + " is " + value + ", must be " + limit);
        }
    }
}
