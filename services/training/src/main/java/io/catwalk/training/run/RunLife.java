package io.catwalk.training.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.catwalk.journal.job.JobResult;

/** Where a run is in its life. */
public enum RunLife {
    /** It needs what isn't there yet. */
    @JsonProperty("waiting")
    WAITING,
    /** It could begin: the next free trainer takes it. */
    @JsonProperty("open")
    OPEN,
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("completed")
    COMPLETED,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("cancelled")
    CANCELLED;

    static RunLife ended(JobResult result) {
        return switch (result.outcome()) {
            case SUCCEEDED -> COMPLETED;
            case FAILED -> FAILED;
            case CANCELLED -> CANCELLED;
        };
    }
}
