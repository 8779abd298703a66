package io.catwalk.training.run;

import java.util.Optional;

import io.catwalk.chassis.errors.BadInputException;
import io.catwalk.chassis.events.JournalEvents;
import io.catwalk.events.EventType;
import io.catwalk.events.request.TrainingRequest;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.journal.job.Job;
import io.catwalk.training.plan.RequestedNetwork;
import io.catwalk.training.v1.TrainingRequested;

/** Runs' requests as their journals hold them. */
public final class RunRequests {
    private RunRequests() {}

    /**
     * The request with every default applied; absent for a run that was cancelled before it was requested.
     *
     * @throws UnknownEntryException for a request that this release can't read
     */
    public static Optional<TrainingRequest> of(Job job) {
        return message(job)
                .map(message -> TrainingRequest.from(message, job.id().value()));
    }

    /** How many epochs a run is to do: as requested, else its network's own; absent for a network that isn't known. */
    public static Optional<Integer> epochs(TrainingRequest request) {
        if (request.asked().hasStopAfterEpoch()) {
            return Optional.of(request.asked().getStopAfterEpoch());
        }
        if (request.epochs().isPresent()) {
            return Optional.of(request.epochs().getAsInt());
        }
        try {
            return Optional.of(RequestedNetwork.of(request).recipe().epochs());
        } catch (BadInputException e) {
            return Optional.empty();
        }
    }

    /**
     * The request as it was received.
     *
     * @throws UnknownEntryException as {@link #of} throws it
     */
    public static Optional<TrainingRequested> message(Job job) {
        return job.fold()
                .request()
                .map(body -> JournalEvents.read(EventType.TRAINING_REQUESTED, body, "the request of run " + job.id()));
    }
}
