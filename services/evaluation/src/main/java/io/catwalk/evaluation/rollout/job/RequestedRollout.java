package io.catwalk.evaluation.rollout.job;

import java.util.Optional;

import io.catwalk.chassis.events.JournalEvents;
import io.catwalk.events.EventType;
import io.catwalk.events.request.PromotionRequest;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.journal.job.Job;
import io.catwalk.objectstore.Name;

/**
 * A rollout's request with its defaults applied.
 *
 * @param weight the first, above 0 to 1
 */
public record RequestedRollout(Name model, String label, long version, double weight) {
    /**
     * As a job's journal holds it; absent where a cancel came before it.
     *
     * @throws UnknownEntryException for one that this release can't read
     */
    public static Optional<RequestedRollout> of(Job job) {
        return job.fold()
                .request()
                .map(body ->
                        JournalEvents.read(EventType.PROMOTION_REQUESTED, body, "the request of rollout " + job.id()))
                .map(request -> of(PromotionRequest.from(request, job.id().value())));
    }

    /** @param request for the label {@code canary} or {@code shadow} */
    public static RequestedRollout of(PromotionRequest request) {
        return new RequestedRollout(
                new Name(request.model()),
                request.label(),
                request.version(),
                request.weight().orElse(1.0));
    }
}
