package io.catwalk.journal.job;

/** The outcome of a request. */
public enum Acceptance {
    /** It is a job now. */
    ACCEPTED,
    /** It was one already: a redelivery. */
    REPEATED,
    /** Its id belongs to another request. */
    CONFLICT
}
