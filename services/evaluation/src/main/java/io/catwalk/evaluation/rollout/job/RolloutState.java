package io.catwalk.evaluation.rollout.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.catwalk.evaluation.rollout.judgement.Finding;
import io.catwalk.evaluation.rollout.replay.Replayed;
import io.catwalk.evaluation.rollout.window.Fleet;
import io.catwalk.journal.job.Job;

/**
 * What a rollout's journal says of it: what was decided, and where in {@code serving-window} the evidence for the next decision
 * begins. A decision stands here before it takes effect.
 *
 * @param step which of the plan's weights it has, from 0
 * @param offsets of the topic's partitions
 * @param fleet the replicas that were known at the newest decision
 * @param requests that the candidate had at earlier weights
 * @param reason of the newest decision, for people
 * @param findings that it rests on; none for the first
 * @param ending once that is decided
 * @param replay what came of the logged requests, once that is known
 */
public record RolloutState(
        RolloutPlan plan,
        int step,
        Map<Integer, Long> offsets,
        Fleet.Memory fleet,
        long requests,
        String reason,
        List<Finding> findings,
        Optional<Ending> ending,
        Optional<Replayed> replay) {
    public RolloutState {
        offsets = Map.copyOf(offsets);
        findings = List.copyOf(findings);
    }

    /** @param reason for people */
    public record Ending(Outcome outcome, String reason) {}

    /** How a rollout ends. */
    public enum Outcome {
        /** The candidate is stable now. */
        @JsonProperty("promoted")
        PROMOTED,
        /** The shadow was no worse than stable. */
        @JsonProperty("passed")
        PASSED,
        @JsonProperty("rolled-back")
        ROLLED_BACK,
        @JsonProperty("cancelled")
        CANCELLED
    }

    /** Empty for a rollout that hasn't begun. */
    public static Optional<RolloutState> of(Job job) {
        return job.fold().state().isNull() ? Optional.empty() : Optional.of(job.state(RolloutState.class));
    }

    static RolloutState begun(RolloutPlan plan, Map<Integer, Long> offsets) {
        return new RolloutState(
                plan, 0, offsets, Fleet.Memory.NONE, 0, "requested", List.of(), Optional.empty(), Optional.empty());
    }

    /** After the logged requests were replayed; ended if the candidate is rolled back by them. */
    RolloutState replayed(Replayed replayed) {
        Optional<Ending> how = replayed.outcome() == Replayed.Outcome.ROLLED_BACK
                ? Optional.of(new Ending(Outcome.ROLLED_BACK, replayed.reason()))
                : Optional.empty();
        return new RolloutState(
                plan,
                step,
                offsets,
                fleet,
                requests,
                how.map(Ending::reason).orElse(reason),
                findings,
                how,
                Optional.of(replayed));
    }

    /** At the next weight. */
    RolloutState advanced(Evidence evidence, String why) {
        return new RolloutState(
                plan,
                step + 1,
                evidence.offsets(),
                evidence.fleet(),
                evidence.requests(),
                why,
                evidence.findings(),
                Optional.empty(),
                replay);
    }

    RolloutState ending(Evidence evidence, Ending how) {
        return new RolloutState(
                plan,
                step,
                evidence.offsets(),
                evidence.fleet(),
                evidence.requests(),
                how.reason(),
                evidence.findings(),
                Optional.of(how),
                replay);
    }

    /** Without new evidence. */
    RolloutState ending(Ending how) {
        return new RolloutState(plan, step, offsets, fleet, requests, how.reason(), findings, Optional.of(how), replay);
    }

    /** The weight that it has; 0 before the logged requests are replayed, and once it has ended. */
    public double weight() {
        return ending.isPresent() || toReplay() ? 0 : plan.weights().get(step);
    }

    /** Whether the candidate is still to answer logged requests. */
    boolean toReplay() {
        return plan.replay().isPresent() && replay.isEmpty();
    }

    boolean atLastWeight() {
        return step == plan.weights().size() - 1;
    }

    /**
     * What a decision rests on.
     *
     * @param offsets of the first records that come after it
     * @param requests of the candidate, at all its weights
     */
    record Evidence(Map<Integer, Long> offsets, Fleet.Memory fleet, long requests, List<Finding> findings) {}
}
