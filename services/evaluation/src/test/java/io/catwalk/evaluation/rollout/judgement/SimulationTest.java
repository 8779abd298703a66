package io.catwalk.evaluation.rollout.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import io.catwalk.evaluation.rollout.judgement.Simulation.Ends;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The figures of docs/rollouts.md: 1,000 rollouts each, looked at after every round; those of {@code make soak} included. */
class SimulationTest {
    private static final int TRIALS = 1000;
    /** Five and a half hours of windows of 10 s. */
    private static final int ROUNDS = 2000;

    /** One hour. */
    private static final int FEWER = 360;

    /** However long it is watched, an equal canary is hardly ever rolled back. */
    @ParameterizedTest
    @CsvSource({"1000, 0.1"})
    void anEqualCanary(long requests, double weight) {
        watchEqual(requests, weight);
    }

    @Tag("soak")
    @ParameterizedTest
    @CsvSource({"100, 0.1", "1000, 0.01", "1000, 0.5", "10000, 0.1"})
    void anEqualCanaryOfOtherTraffic(long requests, double weight) {
        watchEqual(requests, weight);
    }

    private static void watchEqual(long requests, double weight) {
        Ends independent = errors(ROUNDS, "equal, independent, %d at %s".formatted(requests, weight))
                .run(random -> Traffic.independent(requests, weight, 0.01, 0.01), false);

        assertThat(independent.harmfulShare()).isLessThanOrEqualTo(0.05);
        assertThat(independent.soundShare()).isGreaterThanOrEqualTo(0.99);
        assertThat(Ends.quantile(independent.sound(), 0.95))
                .isLessThan(Math.max(4_000, (long) (requests * weight * 40)));
    }

    /** A caller's requests fail together. */
    @ParameterizedTest
    @CsvSource({"1000, 0.1, 20"})
    void anEqualCanaryOfClusteredCallers(long requests, double weight, double mean) {
        watchClustered(requests, weight, mean);
    }

    @Tag("soak")
    @ParameterizedTest
    @CsvSource({"100, 0.1, 5", "1000, 0.1, 5", "1000, 0.5, 20", "10000, 0.01, 20"})
    void anEqualCanaryOfOtherClusteredCallers(long requests, double weight, double mean) {
        watchClustered(requests, weight, mean);
    }

    private static void watchClustered(long requests, double weight, double mean) {
        Ends clustered = errors(FEWER, "equal, callers of %s, %d at %s".formatted(mean, requests, weight))
                .run(random -> Traffic.clustered(requests, weight, 0.01, 0.01, mean), false);

        assertThat(clustered.harmfulShare()).isLessThanOrEqualTo(0.05);
    }

    /** Some callers fail more often than others, and stay with their version. */
    @Tag("soak")
    @ParameterizedTest
    @CsvSource({"100, 0.1", "1000, 0.1", "1000, 0.5"})
    void anEqualCanaryOfStickyCallers(long requests, double weight) {
        Ends sticky = errors(FEWER, "equal, 300 sticky callers, %d at %s".formatted(requests, weight))
                .run(random -> Traffic.sticky(random, 300, requests, weight, 0.01, 0), false);

        assertThat(sticky.harmfulShare()).isLessThanOrEqualTo(0.05);
    }

    @ParameterizedTest
    @CsvSource({"100, 0.1, 1200", "1000, 0.01, 1200", "1000, 0.1, 2000", "1000, 0.5, 5000", "10000, 0.1, 8000"})
    void errorsThatRiseByFivePoints(long requests, double weight, long within) {
        Ends worse = errors(ROUNDS, "errors +5 points, independent, %d at %s".formatted(requests, weight))
                .run(random -> Traffic.independent(requests, weight, 0.01, 0.06), true);

        assertThat(worse.soundShare()).isZero();
        assertThat(worse.harmfulShare()).isEqualTo(1);
        assertThat(Ends.quantile(worse.harmful(), 0.95)).isLessThan(within);
    }

    @ParameterizedTest
    @CsvSource({"1000, 0.1, 5, 12000", "1000, 0.5, 5, 16000", "1000, 0.1, 20, 45000"})
    void errorsOfClusteredCallersThatRiseByFivePoints(long requests, double weight, double mean, long within) {
        Ends worse = errors(ROUNDS, "errors +5 points, callers of %s, %d at %s".formatted(mean, requests, weight))
                .run(random -> Traffic.clustered(requests, weight, 0.01, 0.06, mean), true);

        assertThat(worse.soundShare()).isZero();
        assertThat(worse.harmfulShare()).isEqualTo(1);
        assertThat(Ends.quantile(worse.harmful(), 0.95)).isLessThan(within);
    }

    /** A canary that is worse by just more than the margin isn't raised. */
    @ParameterizedTest
    @CsvSource({"1000, 0.5, 20"})
    void aCanaryBeyondItsMargin(long requests, double weight, double mean) {
        watchBeyondMargin(requests, weight, mean);
    }

    @Tag("soak")
    @ParameterizedTest
    @CsvSource({"1000, 0.1, 1", "100, 0.1, 1", "1000, 0.5, 1", "1000, 0.1, 5", "10000, 0.1, 20"})
    void aCanaryBeyondItsMarginOfOtherTraffic(long requests, double weight, double mean) {
        watchBeyondMargin(requests, weight, mean);
    }

    private static void watchBeyondMargin(long requests, double weight, double mean) {
        Ends beyond = errors(
                        mean == 1 ? ROUNDS : FEWER,
                        "errors +1.01 points, callers of %s, %d at %s".formatted(mean, requests, weight))
                .run(
                        random -> mean == 1
                                ? Traffic.independent(requests, weight, 0.01, 0.0201)
                                : Traffic.clustered(requests, weight, 0.01, 0.0201, mean),
                        true);

        assertThat(beyond.soundShare()).isLessThanOrEqualTo(0.05);
    }

    @Test
    void aCanaryThatFailsEveryRequest() {
        Ends failing = errors(ROUNDS, "every request fails, 1000 at 0.1")
                .run(random -> Traffic.independent(1000, 0.1, 0.01, 1), true);

        assertThat(failing.harmfulShare()).isEqualTo(1);
        assertThat(failing.longest()).isLessThanOrEqualTo(6);
    }

    @Tag("soak")
    @Test
    void withoutAnyError() {
        Ends none = errors(ROUNDS, "no errors at all, 1000 at 0.1")
                .run(random -> Traffic.independent(1000, 0.1, 0, 0), false);

        assertThat(none.harmfulShare()).isZero();
        assertThat(none.soundShare()).isEqualTo(1);
        assertThat(Ends.quantile(none.sound(), 1)).isLessThan(4_000);
    }

    @Tag("soak")
    @Test
    void answersThatBecomeSlowerByTenPoints() {
        Ends slower = simulation("slow answers +10 points, 1000 at 0.1", Metric.LATENCY, Optional.empty())
                .run(random -> Traffic.independent(1000, 0.1, 0.05, 0.15), true);
        Ends equal = simulation("slow answers equal, 1000 at 0.1", Metric.LATENCY, Optional.empty())
                .run(random -> Traffic.independent(1000, 0.1, 0.05, 0.05), false);

        assertThat(slower.harmfulShare()).isEqualTo(1);
        assertThat(Ends.quantile(slower.harmful(), 0.95)).isLessThan(3_000);
        assertThat(equal.harmfulShare()).isLessThanOrEqualTo(0.05);
        assertThat(equal.soundShare()).isEqualTo(1);
    }

    @Test
    void disagreementAboveItsLimit() {
        Ends more = simulation("disagreement 20 %, limit 15 %, 1000 at 0.1", Metric.DISAGREEMENT, Optional.of(0.15))
                .run(random -> Traffic.independent(1000, 0.1, 0, 0.2), true);
        Ends less = simulation("disagreement 10 %, limit 15 %, 1000 at 0.1", Metric.DISAGREEMENT, Optional.of(0.15))
                .run(random -> Traffic.independent(1000, 0.1, 0, 0.1), false);

        assertThat(more.harmfulShare()).isEqualTo(1);
        assertThat(Ends.quantile(more.harmful(), 0.95)).isLessThan(4_000);
        assertThat(less.harmfulShare()).isLessThanOrEqualTo(0.05);
        assertThat(less.soundShare()).isGreaterThanOrEqualTo(0.99);
    }

    private static Simulation errors(int rounds, String name) {
        return new Simulation(name, Metric.ERRORS, Simulation.terms(Optional.empty()), rounds, TRIALS);
    }

    private static Simulation simulation(String name, Metric metric, Optional<Double> limit) {
        return new Simulation(name, metric, Simulation.terms(limit), ROUNDS, TRIALS);
    }
}
