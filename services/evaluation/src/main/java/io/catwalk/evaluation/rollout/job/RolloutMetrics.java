package io.catwalk.evaluation.rollout.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

import io.catwalk.evaluation.rollout.job.RolloutState.Outcome;
import io.catwalk.evaluation.rollout.judgement.Finding;
import io.catwalk.evaluation.rollout.judgement.Interval;
import io.catwalk.evaluation.rollout.judgement.Metric;
import io.catwalk.evaluation.rollout.replay.Replayed;
import io.catwalk.objectstore.Name;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * Rollouts that this process holds, and how those that it concluded ended:
 *
 * <pre>
 * catwalk_rollout_weight{model,label}                     0 to 1
 * catwalk_rollout_requests{model,label}                   of the candidate at this weight
 * catwalk_rollout_holding{model,label}                    1 while a replica of serving is silent or has started again
 * catwalk_rollout_difference{model,label,metric,bound}    estimate, lower, upper; for disagreement the share itself
 * catwalk_rollout_margin{model,label,metric}              what it must be below
 * catwalk_rollouts_total{outcome}                         promoted, passed, rolled_back, cancelled
 * catwalk_rollout_replays_total{outcome}                  passed, rolled_back, skipped: by logged requests, before the first weight
 * </pre>
 */
public final class RolloutMetrics {
    private final MeterRegistry registry;
    private final Map<Outcome, Counter> ended = new EnumMap<>(Outcome.class);
    private final Map<Replayed.Outcome, Counter> replayed = new EnumMap<>(Replayed.Outcome.class);
    private final Map<Name, Shown> shown = new ConcurrentHashMap<>();

    public RolloutMetrics(MeterRegistry registry) {
        this.registry = registry;
        Arrays.stream(Outcome.values())
                .forEach(outcome -> ended.put(
                        outcome,
                        Counter.builder("catwalk.rollouts")
                                .description("Rollouts that this process has concluded")
                                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                                .register(registry)));
        Arrays.stream(Replayed.Outcome.values())
                .forEach(outcome -> replayed.put(
                        outcome,
                        Counter.builder("catwalk.rollout.replays")
                                .description("Rollouts whose version was to answer logged requests again")
                                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                                .register(registry)));
    }

    void show(Name id, RolloutPlan plan, RolloutProgress progress) {
        shown.computeIfAbsent(id, unused -> new Shown(plan)).progress = progress;
    }

    /** This process doesn't hold it any more. */
    void hide(Name id) {
        Shown gone = shown.remove(id);
        if (gone != null) {
            gone.meters.forEach(registry::remove);
        }
    }

    void replayed(Replayed.Outcome outcome) {
        replayed.get(outcome).increment();
    }

    void ended(Outcome outcome) {
        ended.get(outcome).increment();
    }

    private final class Shown {
        private final Tags tags;
        private final List<Meter> meters = new ArrayList<>();
        private volatile RolloutProgress progress = new RolloutProgress(0, 0, 0, List.of(), Optional.empty());

        Shown(RolloutPlan plan) {
            tags = Tags.of("model", plan.model(), "label", plan.label());
            gauge("catwalk.rollout.weight", tags, RolloutProgress::weight);
            gauge("catwalk.rollout.requests", tags, RolloutProgress::requests);
            gauge("catwalk.rollout.holding", tags, known -> known.holding().isPresent() ? 1 : 0);
            for (var metric : Metric.values()) {
                Tags own = tags.and("metric", metric.word());
                gauge("catwalk.rollout.margin", own, known -> finding(known, metric, Finding::margin));
                gauge(own, "estimate", metric, Interval::estimate);
                gauge(own, "lower", metric, Interval::lower);
                gauge(own, "upper", metric, Interval::upper);
            }
        }

        private void gauge(Tags own, String bound, Metric metric, ToDoubleFunction<Interval> value) {
            gauge(
                    "catwalk.rollout.difference",
                    own.and("bound", bound),
                    known -> finding(known, metric, found -> value.applyAsDouble(found.difference())));
        }

        private void gauge(String name, Tags own, ToDoubleFunction<RolloutProgress> value) {
            meters.add(Gauge.builder(name, this, now -> value.applyAsDouble(now.progress))
                    .tags(own)
                    .register(registry));
        }
    }

    private static double finding(RolloutProgress progress, Metric metric, ToDoubleFunction<Finding> value) {
        return progress.findings().stream()
                .filter(finding -> finding.metric() == metric)
                .mapToDouble(value)
                .findFirst()
                .orElse(Double.NaN);
    }
}
