package io.catwalk.journal.job;

/** What became of a cancel. */
public enum Cancellation {
    /** The job will end; one that isn't there yet will end as soon as it comes. */
    ACCEPTED,
    /** The job has its result already. */
    TOO_LATE
}
