package io.catwalk.journal.model;

import java.util.Optional;

import io.catwalk.journal.job.JobResult.Outcome;

/**
 * A job's state after an entry.
 *
 * @param claimed the number of the lease's {@code claimed} entry; 0 without a lease
 * @param holder the lease holder's writer; 0 without a lease
 * @param step the last that is recorded
 * @param lost lease holders in a row that were lost without progress
 */
record Fold(
        boolean requested, int claimed, int holder, boolean cancelled, Optional<Outcome> outcome, int step, int lost) {
    static final Fold EMPTY = new Fold(false, 0, 0, false, Optional.empty(), 0, 0);

    Fold withRequest() {
        return new Fold(true, claimed, holder, cancelled, outcome, step, lost);
    }

    Fold withCancel() {
        return new Fold(requested, claimed, holder, true, outcome, step, lost);
    }

    Fold withLease(int number, int writer) {
        return new Fold(requested, number, writer, cancelled, outcome, step, lostWhenClaimedBy(writer));
    }

    Fold withoutLease() {
        return new Fold(requested, 0, 0, cancelled, outcome, step, lost);
    }

    Fold withNextStep() {
        return new Fold(requested, claimed, holder, cancelled, outcome, step + 1, 0);
    }

    Fold withoutSteps() {
        return new Fold(requested, claimed, holder, cancelled, outcome, 0, lost);
    }

    Fold withOutcome(Outcome result) {
        return new Fold(requested, claimed, holder, cancelled, Optional.of(result), step, lost);
    }

    int lostWhenClaimedBy(int writer) {
        return claimed != 0 && holder != writer ? lost + 1 : lost;
    }
}
