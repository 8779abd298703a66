package io.catwalk.chassis.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.catwalk.journal.job.JobResult;

/** Where a job is in its life. */
public enum JobLife {
    /** It needs what isn't there yet. */
    @JsonProperty("waiting")
    WAITING,
    /** It could begin: the next replica with a free slot claims it. */
    @JsonProperty("open")
    OPEN,
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("completed")
    COMPLETED,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("cancelled")
    CANCELLED,
    /** Its journal can't be read: it is damaged, or of a later release. */
    @JsonProperty("unreadable")
    UNREADABLE;

    /** Whether it is over, so that it will never change. */
    public boolean isOver() {
        return switch (this) {
            case COMPLETED, FAILED, CANCELLED -> true;
            case WAITING, OPEN, RUNNING, UNREADABLE -> false;
        };
    }

    static JobLife ended(JobResult result) {
        return switch (result.outcome()) {
            case SUCCEEDED -> COMPLETED;
            case FAILED -> FAILED;
            case CANCELLED -> CANCELLED;
        };
    }
}
