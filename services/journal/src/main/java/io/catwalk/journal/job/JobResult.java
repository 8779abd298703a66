package io.catwalk.journal.job;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What came of a job.
 *
 * @param reason why, unless it succeeded
 */
public record JobResult(Outcome outcome, String reason) {
    /** How a job may end. */
    public enum Outcome {
        @JsonProperty("succeeded")
        SUCCEEDED,
        @JsonProperty("failed")
        FAILED,
        @JsonProperty("cancelled")
        CANCELLED
    }

    public static JobResult succeeded() {
        return new JobResult(Outcome.SUCCEEDED, "");
    }
}
