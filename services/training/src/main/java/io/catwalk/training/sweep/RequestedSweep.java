package io.catwalk.training.sweep;

import java.util.Optional;

import io.catwalk.chassis.errors.BadInputException;
import io.catwalk.chassis.events.JournalEvents;
import io.catwalk.events.EventType;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.journal.job.Job;
import io.catwalk.sweep.v1.SweepRequested;

/** A sweep's request as its journal holds it. */
public final class RequestedSweep {
    private RequestedSweep() {}

    /**
     * The sweep's plan; absent for one that was cancelled before it was requested.
     *
     * @throws UnknownEntryException for a request that this release can't read
     */
    public static Optional<SweepPlan> plan(Job job) {
        try {
            return message(job).map(request -> SweepPlan.of(request, job.id().value()));
        } catch (BadInputException e) {
            throw new UnknownEntryException("sweep " + job.id() + " has a request that this release can't read", e);
        }
    }

    /**
     * The request as it was received.
     *
     * @throws UnknownEntryException as {@link #plan} throws it
     */
    static Optional<SweepRequested> message(Job job) {
        return job.fold()
                .request()
                .map(body -> JournalEvents.read(EventType.SWEEP_REQUESTED, body, "the request of sweep " + job.id()));
    }
}
