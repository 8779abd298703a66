package io.catwalk.evaluation.rollout.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayJudgementTest {
    private static final double ALPHA = Simulation.HARM;
    private static final int TRIALS = 2_000;

    @Test
    void aCandidateThatDisagreesOnEachRequestIsHarmful() {
        Finding finding = ReplayJudgement.of(Collections.nCopies(200, new Rate(1, 1)), 0.1, ALPHA);

        assertThat(finding.harmful()).isTrue();
        assertThat(finding.canary()).isEqualTo(new Rate(200, 200));
        assertThat(finding.difference().estimate()).isEqualTo(1);
        assertThat(finding.difference().lower()).isBetween(0.8, 1.0);
    }

    @Test
    void oneThatNeverDisagreesIsNot() {
        Finding finding = ReplayJudgement.of(Collections.nCopies(200, new Rate(0, 3)), 0.1, ALPHA);

        assertThat(finding.harmful()).isFalse();
        assertThat(finding.canary()).isEqualTo(new Rate(0, 600));
    }

    /** One caller may have sent them all. */
    @Test
    void disagreementsInOneStretchProveNothing() {
        List<Rate> requests = new ArrayList<>(Collections.nCopies(800, new Rate(0, 1)));
        requests.addAll(Collections.nCopies(200, new Rate(1, 1)));

        assertThat(ReplayJudgement.of(requests, 0.15, ALPHA).harmful()).isFalse();
    }

    /** At its limit, whoever sends the requests. */
    @ParameterizedTest
    @CsvSource({
        "200, 1, 1, 0.06",
        "200, 1, 4, 0.15",
        "200, 5, 1, 0.06",
        "200, 10, 1, 0.15",
        "1000, 1, 1, 0.06",
        "1000, 1, 4, 0.15",
        "1000, 10, 1, 0.06",
        "1000, 10, 4, 0.15",
        "1000, 50, 1, 0.15"
    })
    void aCandidateAtItsLimitIsHardlyEverRolledBack(int requests, double caller, double images, double limit) {
        double found = harmful(requests, caller, images, limit, limit);

        System.out.printf(
                "| at its limit of %s, %d requests, callers of %s, %s images | %.4f |%n",
                limit, requests, caller, images, found);
        assertThat(found).isLessThanOrEqualTo(ALPHA);
    }

    @ParameterizedTest
    @CsvSource({
        "200, 0.06, 0.3, 0.99",
        "200, 0.15, 0.5, 0.99",
        "1000, 0.06, 0.15, 0.99",
        "1000, 0.15, 0.25, 0.99",
        "1000, 0.15, 0.5, 1"
    })
    void oneThatIsWorseIsFound(int requests, double limit, double disagreement, double least) {
        double found = harmful(requests, 1, 1, disagreement, limit);

        System.out.printf("| %s, limit %s, %d requests | %.4f |%n", disagreement, limit, requests, found);
        assertThat(found).isGreaterThanOrEqualTo(least);
    }

    @Property(tries = 500)
    void boundsEncloseTheEstimateWhateverTheRequestsAre(
            @ForAll List<@IntRange(max = 1_000_000) Integer> images,
            @ForAll @IntRange(max = 100) int share,
            @ForAll @IntRange(min = 1, max = 99) int limit) {
        List<Rate> requests =
                images.stream().map(of -> new Rate((long) of * share / 100, of)).toList();

        Finding finding = ReplayJudgement.of(requests, limit / 100.0, ALPHA);

        assertThat(finding.canary()).isEqualTo(requests.stream().reduce(Rate.NONE, Rate::plus));
        assertThat(finding.difference().lower())
                .isBetween(0.0, finding.difference().estimate());
        assertThat(finding.difference().upper()).isBetween(finding.difference().estimate(), 1.0);
    }

    /**
     * The share of candidates that are found harmful.
     *
     * @param caller mean of geometrically distributed numbers of requests that come one after another and disagree together
     * @param images mean of geometrically distributed numbers of a request
     */
    private static double harmful(int requests, double caller, double images, double disagreement, double limit) {
        int harmful = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            SplittableRandom random = new SplittableRandom(7919L * trial + 13);
            List<Rate> log = new ArrayList<>();
            while (log.size() < requests) {
                boolean disagrees = random.nextDouble() < disagreement;
                for (long left = geometric(random, caller); left > 0 && log.size() < requests; left--) {
                    long of = geometric(random, images);
                    log.add(new Rate(disagrees ? of : 0, of));
                }
            }
            harmful += ReplayJudgement.of(log, limit, ALPHA).harmful() ? 1 : 0;
        }
        return (double) harmful / TRIALS;
    }

    private static long geometric(SplittableRandom random, double mean) {
        return mean == 1 ? 1 : 1 + (long) Math.floor(Math.log1p(-random.nextDouble()) / Math.log1p(-1 / mean));
    }
}
