package io.catwalk.evaluation.rollout.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class JudgementTest {
    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final Terms TERMS = Simulation.terms(Optional.of(0.2));

    private final Judgement judgement = new Judgement(TERMS);

    @Test
    void knowsNothingWithoutRequests() {
        assertThat(judgement.verdict()).isEqualTo(new Verdict.Undecided());
        assertThat(judgement.findings().getFirst().difference()).isEqualTo(new Interval(0, -1, 1));
    }

    @Test
    void tellsWhatIsWrong() {
        for (int round = 0; round < 40; round++) {
            judgement.add(counts(6, 100, 0), counts(9, 900, 0), ROUND);
        }

        assertThat(judgement.verdict())
                .isInstanceOfSatisfying(
                        Verdict.Harmful.class,
                        harmful -> assertThat(harmful.reason())
                                .startsWith(
                                        "errors: 6.00 % of 4000 requests against stable's 1.00 % of 36000, surely more than ")
                                .endsWith(" points above it; the margin is 1.00"));
    }

    @Test
    void findsNothingSoundTooEarly() {
        for (int round = 0; round < 29; round++) {
            judgement.add(counts(0, 1000, 50), counts(0, 9000, 0), ROUND);
        }
        assertThat(judgement.verdict()).isEqualTo(new Verdict.Undecided());

        judgement.add(counts(0, 1000, 50), counts(0, 9000, 0), ROUND);

        assertThat(judgement.verdict())
                .isEqualTo(
                        new Verdict.Sound("errors, latency, disagreement within their margins after 30000 requests"));
    }

    /** One round may be one caller. */
    @Test
    void oneRoundProvesNoHarm() {
        judgement.add(counts(100_000, 100_000, 100_000), counts(0, 900_000, 0), ROUND);

        assertThat(judgement.verdict()).isEqualTo(new Verdict.Undecided());
    }

    /** What both versions suffer from is no canary's fault. */
    @Test
    void anOutageOfBothIsNoHarm() {
        for (int round = 0; round < 20; round++) {
            judgement.add(counts(80, 100, 0), counts(720, 900, 0), ROUND);
        }

        assertThat(judgement.verdict()).isEqualTo(new Verdict.Undecided());
    }

    @Test
    void withoutALimitDisagreementIsNotJudged() {
        Judgement other = new Judgement(Simulation.terms(Optional.empty()));
        for (int round = 0; round < 40; round++) {
            other.add(counts(0, 1000, 1000), counts(0, 9000, 0), ROUND);
        }

        assertThat(other.verdict()).isInstanceOf(Verdict.Sound.class);
        assertThat(other.findings()).extracting(Finding::metric).containsExactly(Metric.ERRORS, Metric.LATENCY);
    }

    @Test
    void sharesAlphaAmongMetricsAndWeights() {
        assertThat(Terms.share(0.06, 4, true, false)).isEqualTo(0.005);
        assertThat(Terms.share(0.06, 3, false, false)).isEqualTo(0.01);
    }

    /** A replay is one more test, where disagreement is judged. */
    @Test
    void sharesAlphaWithAReplay() {
        assertThat(Terms.share(0.065, 4, true, true)).isEqualTo(0.005);
        assertThat(Terms.share(0.06, 3, false, true)).isEqualTo(0.01);
    }

    @Test
    void refusesMoreErrorsThanRequests() {
        assertThatThrownBy(() -> new Rate(2, 1)).hasMessage("count: 2, must be 0 to 1");
    }

    /** Bounds are finite and in their order, whatever comes; also after ten million requests, and without any error. */
    @Property(tries = 300)
    void boundsEncloseTheEstimate(
            @ForAll @LongRange(max = 10_000_000) long canaries,
            @ForAll @LongRange(max = 10_000_000) long stables,
            @ForAll @IntRange(max = 100) int failing,
            @ForAll @IntRange(max = 100) int others,
            @ForAll @IntRange(min = 1, max = 50) int rounds) {
        Judgement any = new Judgement(TERMS);
        for (int round = 0; round < rounds; round++) {
            any.add(
                    counts(canaries * failing / 100, canaries, canaries * others / 100),
                    counts(stables * others / 100, stables, 0),
                    ROUND);
        }

        assertThat(any.findings()).allSatisfy(finding -> {
            assertThat(finding.difference().lower())
                    .isBetween(-1.0, finding.difference().estimate());
            assertThat(finding.difference().upper())
                    .isBetween(finding.difference().estimate(), 1.0);
        });
    }

    private static Counts counts(long errors, long requests, long disagreements) {
        return new Counts(new Rate(errors, requests), new Rate(0, requests), new Rate(disagreements, requests));
    }
}
