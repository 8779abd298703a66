package io.catwalk.evaluation.rollout.job;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.catwalk.evaluation.registry.LabelDecision.Target;
import io.catwalk.evaluation.rollout.RolloutSettings;
import io.catwalk.evaluation.rollout.judgement.Terms;
import io.catwalk.evaluation.rollout.replay.ReplaySettings;
import io.catwalk.evaluation.rollout.window.Window;
import io.catwalk.objectstore.Name;

/**
 * What a rollout does, as it was decided when it began.
 *
 * @param label {@code canary} or {@code shadow}
 * @param stable what the candidate is compared with
 * @param weights that it gets one after another
 * @param terms by which it is judged at each weight
 * @param latencyBound in seconds: slower answers are slow
 * @param replay of logged requests, before it gets the first weight
 */
public record RolloutPlan(
        String model,
        String label,
        Target candidate,
        Target stable,
        List<Double> weights,
        Terms terms,
        double latencyBound,
        Optional<ReplaySettings> replay) {
    public static final String CANARY = "canary";
    public static final String SHADOW = "shadow";
    private static final double NANOS = 1e9;

    public RolloutPlan {
        weights = List.copyOf(weights);
    }

    /**
     * @param weight the first
     * @param limit of disagreement; without it that isn't judged
     */
    static RolloutPlan of(Subject subject, double weight, Optional<Double> limit, RolloutSettings settings) {
        List<Double> weights = subject.label().equals(SHADOW)
                ? List.of(weight)
                : Stream.concat(Stream.of(weight), settings.steps().stream().filter(step -> step > weight))
                        .toList();
        Optional<ReplaySettings> replay = Optional.of(settings.replay()).filter(some -> some.requests() > 0);
        Terms terms = new Terms(
                Terms.share(settings.alpha(), weights.size(), limit.isPresent(), replay.isPresent()),
                settings.alpha(),
                settings.margins().errors(),
                settings.margins().latency(),
                limit,
                settings.minRequests(),
                settings.minTime());
        return new RolloutPlan(
                subject.model(),
                subject.label(),
                subject.candidate(),
                subject.stable(),
                weights,
                terms,
                settings.latencyBound().toNanos() / NANOS,
                replay);
    }

    /** Of whom a rollout is. */
    record Subject(String model, String label, Target candidate, Target stable) {}

    boolean ofShadow() {
        return label.equals(SHADOW);
    }

    Name modelName() {
        return new Name(model);
    }

    Name labelName() {
        return new Name(label);
    }

    /** @param entry of the label's journal by which it has its weight */
    Window.Subject subject(long entry) {
        return new Window.Subject(label, candidate.version(), entry, stable.version(), latencyBound);
    }
}
