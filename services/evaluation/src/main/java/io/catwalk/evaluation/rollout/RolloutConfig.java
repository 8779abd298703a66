package io.catwalk.evaluation.rollout;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How canaries and shadows are judged. A rollout keeps what was configured when it began. */
@ConfigMapping(prefix = "catwalk.rollout")
public interface RolloutConfig {
    /** Weights by which a canary is raised, ascending, each above 0, below 1; it begins with the weight that was requested, and skips those below. */
    @WithDefault("0.01,0.05,0.25,0.5")
    List<Double> steps();

    /** Probability that a canary within its margins is rolled back, over all weights and metrics: above 0, below 0.5. */
    @WithDefault("0.05")
    double alpha();

    /** By how much a canary's share of failed requests may be above stable's: above 0, below 1. */
    @WithDefault("0.01")
    double errorMargin();

    /** What counts as a slow answer. */
    @WithDefault("100ms")
    Duration latencyBound();

    /** By how much a canary's share of slow answers may be above stable's: above 0, below 1. */
    @WithDefault("0.05")
    double latencyMargin();

    /** By how much a canary may disagree with stable more often than on the test set: above 0, below 1. */
    @WithDefault("0.05")
    double disagreementMargin();

    /** How often a canary may disagree with stable, above 0, below 1; the default is found on the test set, with the margin. */
    Optional<Double> disagreementLimit();

    /** Requests of a canary at one weight before it may be raised: at least 1. */
    @WithDefault("500")
    long minRequests();

    /** How long a canary keeps one weight at least. */
    @WithDefault("5m")
    Duration minTime();

    /** After that time an undecided rollout is rolled back. */
    @WithDefault("24h")
    Duration deadline();

    /** Without a window of a replica for so long no canary is raised. */
    @WithDefault("35s")
    Duration silence();

    /** When a replica is silent for so long, after that, the canary is rolled back. */
    @WithDefault("2m")
    Duration patience();

    /** How often replicas may end without notice and start again before the canary is rolled back: at least 0. */
    @WithDefault("1")
    int restarts();

    /** Newest logged requests that a version answers again before it gets a weight: 0 to 100000, 0 for none. */
    @WithDefault("1000")
    int replayRequests();

    /** With fewer logged requests the version gets its weight without: at least 1. */
    @WithDefault("200")
    int replayMinRequests();

    /** Older logged requests don't count. */
    @WithDefault("24h")
    Duration replayMaxAge();

    /** How long reading and answering logged requests may take. */
    @WithDefault("2m")
    Duration replayTime();
}
