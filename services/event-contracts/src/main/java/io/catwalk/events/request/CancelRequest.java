package io.catwalk.events.request;

import io.catwalk.training.v1.TrainingCancelRequested;

/**
 * A cancel request with its default applied.
 *
 * @param reason shown with the cancelled run
 */
public record CancelRequest(String runId, String reason) {
    public static final String DEFAULT_REASON = "cancelled on request";

    /** @param request as an {@code Event} or a journal holds it: its rules are checked */
    public static CancelRequest from(TrainingCancelRequested request) {
        return new CancelRequest(
                request.getRunId(), request.getReason().isEmpty() ? DEFAULT_REASON : request.getReason());
    }
}
