package io.catwalk.evaluation.rollout.job;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import io.catwalk.evaluation.registry.LabelDecision;
import io.catwalk.evaluation.registry.LabelDecision.Target;
import io.catwalk.evaluation.registry.PromotionEvents;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.journal.Failpoint;
import io.catwalk.journal.decision.Decider;
import io.catwalk.journal.decision.DecisionEntry;
import io.catwalk.journal.decision.DecisionJournal;
import io.catwalk.journal.job.Lease;
import io.catwalk.objectstore.Name;

/**
 * A rollout's entries in the journals of its own label and of {@code stable}: one for each weight with the cause
 * {@code rollouts/<id>/<step>}, one for its end, {@code rollouts/<id>/end}, and {@code rollouts/<id>} for its promotion. Each is added
 * once, published before the method returns, and only while nobody else has moved the label.
 */
final class RolloutLabels {
    private final Registry registry;
    private final InstantSource clock;

    RolloutLabels(Registry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** Another decision stands where the rollout's would be. */
    static final class ReplacedException extends Exception {
        private static final long serialVersionUID = 1L;

        ReplacedException(String reason) {
            super(reason);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Gives the candidate the weight of the state's step.
     *
     * @throws ReplacedException when another rollout has the label, or another decision has moved it since the last step
     */
    DecisionEntry weigh(Lease lease, RolloutState state) throws ReplacedException, InterruptedException {
        RolloutPlan plan = state.plan();
        String cause = cause(lease) + "/" + state.step();
        Decider decider = (soFar, number) -> {
            if (begun(lease, soFar)) {
                moved(lease, soFar).or(() -> ended(lease, soFar)).ifPresent(RolloutLabels::refuse);
            } else {
                inUse(soFar).ifPresent(RolloutLabels::refuse);
            }
            LabelDecision weighed = LabelDecision.weighed(soFar, plan.candidate(), state.reason(), state.weight());
            return decision(plan, cause, weighed, number);
        };
        return put(lease, plan.labelName(), plan.modelName(), cause, decider);
    }

    /**
     * Takes the candidate's weight away, unless the label isn't the rollout's. A candidate that never had one gets none after this:
     * a former lease holder may be about to give it.
     */
    void end(Lease lease, RolloutPlan plan, String reason) throws InterruptedException {
        String cause = endCause(lease);
        Decider decider = (soFar, number) -> {
            if (!begun(lease, soFar)) {
                return new Decider.Decision(
                        LabelDecision.refused(soFar, Optional.of(plan.candidate()), reason), Optional.empty());
            }
            moved(lease, soFar).ifPresent(RolloutLabels::refuse);
            return decision(plan, cause, LabelDecision.weighed(soFar, plan.candidate(), reason, 0), number);
        };
        try {
            put(lease, plan.labelName(), plan.modelName(), cause, decider);
        } catch (ReplacedException e) {
            // Whoever has the label now says what it stands for.
        }
    }

    /** Moves {@code stable} to the candidate. */
    void promote(Lease lease, RolloutPlan plan, String reason) throws ReplacedException, InterruptedException {
        String cause = cause(lease);
        Decider decider = (soFar, number) -> {
            stableMoved(plan, soFar).ifPresent(RolloutLabels::refuse);
            LabelDecision decision = LabelDecision.promoted(soFar, plan.candidate(), reason);
            return new Decider.Decision(
                    decision,
                    Optional.of(PromotionEvents.promoted(
                            plan.modelName(), Registry.STABLE, cause, decision, number, clock.instant())));
        };
        put(lease, Registry.STABLE, plan.modelName(), cause, decider);
    }

    /** Why the rollout has no object any more, as another decision has moved its label or {@code stable}. */
    Optional<String> replaced(Lease lease, RolloutPlan plan) {
        return moved(lease, journal(plan.modelName(), plan.labelName()).entries())
                .or(() -> stableMoved(
                        plan, journal(plan.modelName(), Registry.STABLE).entries()));
    }

    /** Which rollout has one of a model's labels. */
    Optional<String> inUse(Name model) {
        return inUse(journal(model, new Name(RolloutPlan.CANARY)).entries())
                .or(() -> inUse(journal(model, new Name(RolloutPlan.SHADOW)).entries()));
    }

    private DecisionEntry put(Lease lease, Name label, Name model, String cause, Decider decider)
            throws ReplacedException, InterruptedException {
        DecisionJournal journal = lease.retry().untilAnswered(() -> journal(model, label));
        DecisionEntry entry;
        Failpoint.reach("rollout.label.before");
        try {
            entry = journal.put(cause, decider);
        } catch (Refused e) {
            throw new ReplacedException(e.reason);
        }
        Failpoint.reach("rollout.label.after");
        if (entry.event().isPresent()) {
            lease.publish(entry.eventId(), entry.event().get());
        }
        return entry;
    }

    private Decider.Decision decision(RolloutPlan plan, String cause, LabelDecision decision, long number) {
        return new Decider.Decision(
                decision,
                Optional.of(PromotionEvents.promoted(
                        plan.modelName(), plan.labelName(), cause, decision, number, clock.instant())));
    }

    private DecisionJournal journal(Name model, Name label) {
        return registry.labelJournal(model, label);
    }

    private static Optional<String> inUse(List<DecisionEntry> label) {
        return newest(label)
                .filter(entry -> LabelDecision.of(entry).weight().orElse(0.0) > 0)
                .map(entry -> rollout(entry.cause()) + " has not ended");
    }

    private static boolean begun(Lease lease, List<DecisionEntry> label) {
        return label.stream().anyMatch(entry -> isOwn(lease, entry));
    }

    private static Optional<String> ended(Lease lease, List<DecisionEntry> label) {
        return label.stream().anyMatch(entry -> entry.cause().equals(endCause(lease)))
                ? Optional.of("it has ended")
                : Optional.empty();
    }

    /** Before the rollout's own first entry nobody can have moved it. */
    private static Optional<String> moved(Lease lease, List<DecisionEntry> label) {
        return newest(label)
                .filter(entry -> begun(lease, label) && !isOwn(lease, entry))
                .map(RolloutLabels::describe);
    }

    private static boolean isOwn(Lease lease, DecisionEntry entry) {
        return entry.cause().startsWith(cause(lease) + "/");
    }

    /** The entry by which a label points where it does. */
    private static Optional<DecisionEntry> newest(List<DecisionEntry> label) {
        return label.reversed().stream()
                .filter(entry -> LabelDecision.of(entry).promotes())
                .findFirst();
    }

    private static Optional<String> stableMoved(RolloutPlan plan, List<DecisionEntry> stable) {
        return LabelDecision.target(stable).equals(Optional.of(plan.stable()))
                ? Optional.empty()
                : newest(stable).map(RolloutLabels::describe).or(() -> Optional.of("stable points nowhere"));
    }

    private static String describe(DecisionEntry entry) {
        return "%s has moved the label to version %d meanwhile"
                .formatted(
                        entry.cause(),
                        LabelDecision.of(entry).label().map(Target::version).orElse(0L));
    }

    /** @param cause as {@code rollouts/r1/2} */
    private static String rollout(String cause) {
        int end = cause.lastIndexOf('/');
        return cause.substring(0, end);
    }

    private static String cause(Lease lease) {
        return "rollouts/" + lease.id();
    }

    private static String endCause(Lease lease) {
        return cause(lease) + "/end";
    }

    private static void refuse(String reason) {
        throw new Refused(reason);
    }

    /** Leaves a decider without a decision. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String reason;

        Refused(String reason) {
            super(reason);
            this.reason = reason;
        }
    }
}
