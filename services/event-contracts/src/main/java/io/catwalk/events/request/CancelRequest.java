package io.catwalk.events.request;

import io.catwalk.dataset.v1.DatasetCancelRequested;
import io.catwalk.rollout.v1.RolloutCancelRequested;
import io.catwalk.sweep.v1.SweepCancelRequested;
import io.catwalk.training.v1.TrainingCancelRequested;

/**
 * A cancel request with its default applied.
 *
 * @param id of the ingestion, run, sweep or rollout
 * @param reason shown with what is cancelled
 */
public record CancelRequest(String id, String reason) {
    public static final String DEFAULT_REASON = "cancelled on request";

    /** @param request as an {@code Event} or a journal holds it: its rules are checked */
    public static CancelRequest from(DatasetCancelRequested request) {
        return of(request.getIngestionId(), request.getReason());
    }

    /** @param request as an {@code Event} or a journal holds it: its rules are checked */
    public static CancelRequest from(TrainingCancelRequested request) {
        return of(request.getRunId(), request.getReason());
    }

    /** @param request as an {@code Event} or a journal holds it: its rules are checked */
    public static CancelRequest from(SweepCancelRequested request) {
        return of(request.getSweepId(), request.getReason());
    }

    /** @param request as an {@code Event} or a journal holds it: its rules are checked */
    public static CancelRequest from(RolloutCancelRequested request) {
        return of(request.getRolloutId(), request.getReason());
    }

    private static CancelRequest of(String id, String reason) {
        return new CancelRequest(id, reason.isEmpty() ? DEFAULT_REASON : reason);
    }
}
