package io.catwalk.journal.job;

/** The outcome of a cancel. */
public enum Cancellation {
    /** The job will end; one that isn't there yet will end as soon as it is requested. */
    ACCEPTED,
    /** The job has its result already. */
    TOO_LATE
}
