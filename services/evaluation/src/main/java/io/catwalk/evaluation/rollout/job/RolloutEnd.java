package io.catwalk.evaluation.rollout.job;

import java.util.Optional;

import io.catwalk.evaluation.rollout.job.RolloutLabels.ReplacedException;
import io.catwalk.evaluation.rollout.job.RolloutState.Ending;
import io.catwalk.evaluation.rollout.job.RolloutState.Outcome;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.job.Conclusion;
import io.catwalk.journal.job.JobResult;
import io.catwalk.journal.job.Lease;

/** Makes a decided end true: promotes, takes the weight away, and concludes. Each part may be repeated. */
final class RolloutEnd {
    private final RolloutLabels labels;
    private final RolloutEvents events;
    private final RolloutMetrics metrics;

    RolloutEnd(RolloutLabels labels, RolloutEvents events, RolloutMetrics metrics) {
        this.labels = labels;
        this.events = events;
        this.metrics = metrics;
    }

    /** @param state in which the end is decided, before or just now */
    Conclusion conclude(Lease lease, RolloutState state, JobResult result) throws InterruptedException {
        RolloutState ended = state.ending(promoted(lease, state));
        Ending ending = ended.ending().orElseThrow();
        labels.end(lease, state.plan(), ending.reason());
        metrics.ended(ending.outcome());
        return new Conclusion(
                ending.outcome() == Outcome.CANCELLED && result.equals(JobResult.succeeded())
                        ? new JobResult(JobResult.Outcome.CANCELLED, ending.reason())
                        : result,
                JournalJson.tree(ended),
                events.completed(lease.job(), Optional.of(ended), ending));
    }

    /** Of a rollout that has never begun. */
    Conclusion concludeUnbegun(Lease lease, Ending ending, JobResult result) {
        metrics.ended(ending.outcome());
        return new Conclusion(
                result, lease.job().fold().state(), events.completed(lease.job(), Optional.empty(), ending));
    }

    private Ending promoted(Lease lease, RolloutState state) throws InterruptedException {
        Ending ending = state.ending().orElseThrow();
        if (ending.outcome() != Outcome.PROMOTED) {
            return ending;
        }
        try {
            labels.promote(lease, state.plan(), ending.reason());
            return ending;
        } catch (ReplacedException e) {
            return new Ending(Outcome.CANCELLED, e.reason());
        }
    }
}
