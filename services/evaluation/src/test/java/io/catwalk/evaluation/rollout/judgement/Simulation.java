package io.catwalk.evaluation.rollout.judgement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Many rollouts at one weight, watched after every round. The same seed gives the same figures. */
final class Simulation {
    /** As the defaults have it: 5 % over four weights and three metrics, and a replay. */
    static final double HARM = Terms.share(0.05, 4, true, true);

    private static final Duration ROUND = Duration.ofSeconds(10);

    private final String name;
    private final Terms terms;
    private final Metric metric;
    private final int rounds;
    private final int trials;

    Simulation(String name, Metric metric, Terms terms, int rounds, int trials) {
        this.name = name;
        this.metric = metric;
        this.terms = terms;
        this.rounds = rounds;
        this.trials = trials;
    }

    /** Terms of the defaults. */
    static Terms terms(Optional<Double> limit) {
        return new Terms(HARM, 0.05, 0.01, 0.05, limit, 500, Duration.ofMinutes(5));
    }

    /**
     * How many rollouts came to which end.
     *
     * @param harmful requests of the canary until it was found harmful, ascending
     * @param sound requests until it was found sound, ascending
     * @param longest rounds of those that came to an end
     */
    record Ends(String name, int trials, List<Long> harmful, List<Long> sound, int longest) {
        double harmfulShare() {
            return (double) harmful.size() / trials;
        }

        double soundShare() {
            return (double) sound.size() / trials;
        }

        static long quantile(List<Long> sorted, double share) {
            return sorted.isEmpty()
                    ? -1
                    : sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %.3f | %s | %.3f | %s | %d |",
                    name,
                    harmfulShare(),
                    requests(harmful),
                    soundShare(),
                    requests(sound),
                    longest);
        }

        private static String requests(List<Long> sorted) {
            return sorted.isEmpty() ? "" : quantile(sorted, 0.5) + ", " + quantile(sorted, 0.95);
        }
    }

    /**
     * Runs them all.
     *
     * @param stopWhenSound or watch on for all rounds, as if nobody ever raised the weight
     */
    Ends run(Function<SplittableRandom, Traffic> traffics, boolean stopWhenSound) {
        List<Long> harmful = new ArrayList<>();
        List<Long> sound = new ArrayList<>();
        int longest = 0;
        for (int trial = 0; trial < trials; trial++) {
            SplittableRandom random = new SplittableRandom(7919L * trial + 13);
            Traffic traffic = traffics.apply(random);
            Judgement judgement = new Judgement(terms);
            boolean found = false;
            for (int round = 1; round <= rounds; round++) {
                add(judgement, traffic.next(random));
                Verdict verdict = judgement.verdict();
                if (verdict instanceof Verdict.Harmful) {
                    harmful.add(judgement.requests());
                    longest = Math.max(longest, round);
                    break;
                }
                if (verdict instanceof Verdict.Sound && !found) {
                    found = true;
                    sound.add(judgement.requests());
                    longest = Math.max(longest, round);
                    if (stopWhenSound) {
                        break;
                    }
                }
            }
        }
        Ends ends = new Ends(
                name,
                trials,
                harmful.stream().sorted().toList(),
                sound.stream().sorted().toList(),
                longest);
        System.out.println(ends);
        return ends;
    }

    /** All but the metric that is simulated are as good as can be. */
    private void add(Judgement judgement, Traffic.Round round) {
        Rate canary = new Rate(0, round.canary().of());
        Rate stable = new Rate(0, round.stable().of());
        Counts one = new Counts(
                metric == Metric.ERRORS ? round.canary() : canary,
                metric == Metric.LATENCY ? round.canary() : canary,
                metric == Metric.DISAGREEMENT ? round.canary() : canary);
        Counts other = new Counts(
                metric == Metric.ERRORS ? round.stable() : stable,
                metric == Metric.LATENCY ? round.stable() : stable,
                Rate.NONE);
        judgement.add(one, other, ROUND);
    }
}
