package io.catwalk.evaluation.rollout.judgement;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Judges a canary at one weight by what it and stable did, round by round. The same rounds give the same verdict. Not thread-safe. */
public final class Judgement {
    private final Terms terms;
    private final Map<Metric, Comparison> comparisons = new EnumMap<>(Metric.class);
    private Duration observed = Duration.ZERO;
    private long requests;

    public Judgement(Terms terms) {
        this.terms = terms;
        Arrays.stream(Metric.values())
                .filter(terms::judges)
                .forEach(metric -> comparisons.put(
                        metric,
                        metric == Metric.DISAGREEMENT
                                ? Comparison.below(terms.margin(metric))
                                : Comparison.within(terms.margin(metric))));
    }

    /** @param length of the round */
    public void add(Counts canary, Counts stable, Duration length) {
        comparisons.forEach((metric, comparison) -> {
            switch (metric) {
                case ERRORS -> comparison.add(canary.errors(), stable.errors());
                case LATENCY -> comparison.add(canary.slow(), stable.slow());
                case DISAGREEMENT -> comparison.add(canary.disagreements(), Rate.NONE);
            }
        });
        requests += canary.requests();
        observed = observed.plus(length);
    }

    public Verdict verdict() {
        List<Finding> findings = findings();
        Optional<Finding> harm = findings.stream().filter(Finding::harmful).findFirst();
        if (harm.isPresent()) {
            return new Verdict.Harmful(harm.get().text());
        }
        boolean enough = requests >= terms.minRequests() && observed.compareTo(terms.minTime()) >= 0;
        if (enough && findings.stream().allMatch(Finding::sound)) {
            return new Verdict.Sound(
                    findings.stream().map(finding -> finding.metric().word()).collect(Collectors.joining(", "))
                            + " within their margins after " + requests + " requests");
        }
        return new Verdict.Undecided();
    }

    /** By each metric that counts. */
    public List<Finding> findings() {
        return comparisons.entrySet().stream()
                .map(entry -> finding(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Of the canary. */
    public long requests() {
        return requests;
    }

    /** How long the rounds have taken. */
    public Duration observed() {
        return observed;
    }

    private Finding finding(Metric metric, Comparison comparison) {
        Interval interval = comparison.interval(terms.harm(), terms.acceptance());
        double least = metric == Metric.DISAGREEMENT ? 0 : -1;
        return new Finding(
                metric, comparison.subject(), comparison.reference(), terms.margin(metric), interval.within(least, 1));
    }
}
