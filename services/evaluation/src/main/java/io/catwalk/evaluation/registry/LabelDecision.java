package io.catwalk.evaluation.registry;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.catwalk.journal.decision.DecisionEntry;

/**
 * The decision of a label journal's entry: the result of one evaluation or promotion request.
 *
 * @param label where the label points from this entry on; empty while it points nowhere
 * @param before its previous target
 * @param candidate the version that the entry is about; empty when it was refused before it got a number
 * @param reason for people
 * @param weight of a rollout's version: the share of the requests for stable that it gets from this entry on, 0 at its end
 */
public record LabelDecision(
        Outcome outcome,
        Optional<Target> label,
        Optional<Target> before,
        Optional<Target> candidate,
        String reason,
        Optional<Double> weight) {

    /** Whether the label moved to the candidate. */
    public enum Outcome {
        @JsonProperty("promoted")
        PROMOTED,
        @JsonProperty("refused")
        REFUSED
    }

    /**
     * A version and its content.
     *
     * @param modelDigest the SavedModel's archive
     */
    public record Target(long version, String modelDigest) {}

    /** @throws IllegalArgumentException for a promotion that doesn't leave the label at its candidate */
    public LabelDecision {
        if (outcome == Outcome.PROMOTED && (candidate.isEmpty() || !label.equals(candidate))) {
            throw new IllegalArgumentException("label is " + label + ", must be the candidate, " + candidate);
        }
    }

    /** The label moves to the candidate. */
    public static LabelDecision promoted(List<DecisionEntry> soFar, Target candidate, String reason) {
        return promoted(soFar, candidate, reason, Optional.empty());
    }

    /** The label moves to the version of a rollout, or stays there, with this weight. */
    public static LabelDecision weighed(List<DecisionEntry> soFar, Target candidate, String reason, double weight) {
        return promoted(soFar, candidate, reason, Optional.of(weight));
    }

    private static LabelDecision promoted(
            List<DecisionEntry> soFar, Target candidate, String reason, Optional<Double> weight) {
        return new LabelDecision(
                Outcome.PROMOTED, Optional.of(candidate), target(soFar), Optional.of(candidate), reason, weight);
    }

    /** The label stays where it is. */
    public static LabelDecision refused(List<DecisionEntry> soFar, Optional<Target> candidate, String reason) {
        return new LabelDecision(Outcome.REFUSED, target(soFar), target(soFar), candidate, reason, Optional.empty());
    }

    public static LabelDecision of(DecisionEntry entry) {
        return entry.decision(LabelDecision.class);
    }

    /** The target of a label with these entries. */
    public static Optional<Target> target(List<DecisionEntry> history) {
        return history.isEmpty() ? Optional.empty() : of(history.getLast()).label();
    }

    public boolean promotes() {
        return outcome == Outcome.PROMOTED;
    }
}
