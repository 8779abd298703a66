package io.catwalk.evaluation.job;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import io.catwalk.evaluation.gate.Opponent;
import io.catwalk.evaluation.gate.Verdict;
import io.catwalk.evaluation.registry.LabelDecision;
import io.catwalk.evaluation.registry.LabelDecision.Target;
import io.catwalk.evaluation.registry.PromotionEvents;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.evaluation.registry.VersionManifest;
import io.catwalk.journal.Retry;
import io.catwalk.journal.decision.Decider;
import io.catwalk.journal.decision.DecisionEntry;
import io.catwalk.journal.decision.DecisionJournal;
import io.catwalk.journal.job.JobFailedException;
import io.catwalk.journal.job.LeaseEndedException;

/**
 * Adds an evaluation's one entry to the journal of the label {@code stable}. A candidate that passes gets its version first;
 * a refused one gets none. The verdict is against the version that the label points at when the entry is added: if the
 * label has moved meanwhile, its new version is scored and the candidate evaluated again.
 */
final class LabelDecisions {
    private final Registry registry;
    private final Versions versions;
    private final Clock clock;

    LabelDecisions(Registry registry, Clock clock) {
        this.registry = registry;
        this.versions = new Versions(registry);
        this.clock = clock;
    }

    /** The evaluation's entry, added now or before. */
    DecisionEntry decide(Attempt attempt, Findings findings, Opponents opponents)
            throws JobFailedException, LeaseEndedException, InterruptedException {
        Retry retry = attempt.lease().retry();
        DecisionJournal journal = retry.untilAnswered(() -> journal(attempt.evaluation()));
        while (true) {
            attempt.lease().check();
            List<DecisionEntry> soFar = retry.untilAnswered(journal::entries);
            Optional<DecisionEntry> existing = entryOf(soFar, attempt.evaluation());
            if (existing.isPresent()) {
                return existing.get();
            }
            Optional<Target> target = LabelDecision.target(soFar);
            Decider decider = decider(attempt, findings, opponents.at(target));
            try {
                return journal.put(attempt.evaluation().cause(), onlyWhile(target, decider));
            } catch (LabelMovedException e) {
                attempt.show(EvaluationProgress.of("evaluating again: " + e.getMessage()));
            }
        }
    }

    /** The evaluation's entry; if there is none yet, a refusal without a verdict. */
    DecisionEntry refuse(Evaluation evaluation, EvaluationState state, String reason, Retry retry)
            throws InterruptedException {
        DecisionJournal journal = retry.untilAnswered(() -> journal(evaluation));
        return journal.put(evaluation.cause(), refusal(evaluation, state, new Opponent.None(), reason));
    }

    private Decider decider(Attempt attempt, Findings findings, Opponent opponent)
            throws LeaseEndedException, InterruptedException {
        Evaluation evaluation = attempt.evaluation();
        return switch (evaluation.gate().evaluate(findings.candidate(), opponent)) {
            case Verdict.Promote(String reason) -> {
                VersionManifest version = versions.publish(attempt, findings);
                yield promotion(evaluation, version.target(), reason);
            }
            case Verdict.Refuse(String reason) -> refusal(evaluation, attempt.state(), opponent, reason);
        };
    }

    private Decider promotion(Evaluation evaluation, Target candidate, String reason) {
        return (soFar, number) -> {
            LabelDecision decision = LabelDecision.promoted(soFar, candidate, reason);
            return new Decider.Decision(
                    decision,
                    Optional.of(PromotionEvents.promoted(
                            evaluation.model(),
                            Registry.STABLE,
                            evaluation.cause(),
                            decision,
                            number,
                            clock.instant())));
        };
    }

    private Decider refusal(Evaluation evaluation, EvaluationState state, Opponent opponent, String reason) {
        Optional<Target> candidate =
                state.publishing().map(named -> named.manifest().target());
        return (soFar, number) -> new Decider.Decision(
                LabelDecision.refused(soFar, candidate, reason),
                Optional.of(EvaluationEvents.rejected(
                        evaluation, state.findings(), opponent, reason, number, clock.instant())));
    }

    /** Refusals added meanwhile by other evaluations don't change the verdict; a promotion does. */
    private static Decider onlyWhile(Optional<Target> target, Decider decider) {
        return (soFar, number) -> {
            Optional<Target> now = LabelDecision.target(soFar);
            if (!now.equals(target)) {
                throw new LabelMovedException(now);
            }
            return decider.decide(soFar, number);
        };
    }

    private DecisionJournal journal(Evaluation evaluation) {
        return registry.labelJournal(evaluation.model(), Registry.STABLE);
    }

    private static Optional<DecisionEntry> entryOf(List<DecisionEntry> history, Evaluation evaluation) {
        return history.stream()
                .filter(entry -> entry.cause().equals(evaluation.cause()))
                .findFirst();
    }

    /** The label has moved since the verdict. */
    private static final class LabelMovedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LabelMovedException(Optional<Target> now) {
            super("the label points at "
                    + now.map(target -> "version " + target.version()).orElse("nothing") + " now");
        }
    }
}
