package io.catwalk.journal;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an entry says. */
public enum EntryKind {
    /** A job's request as it was received: entry 1, or the next where a cancel came before it. */
    @JsonProperty("accepted")
    ACCEPTED,
    /** A replica has the job's lease from here on, until another entry of this kind or {@link #RELEASED}. */
    @JsonProperty("claimed")
    CLAIMED,
    /** The lease holder's work has reached a point worth keeping. */
    @JsonProperty("progress")
    PROGRESS,
    /** The lease holder has given the job back: any replica may claim it at once. */
    @JsonProperty("released")
    RELEASED,
    /** A client requests the job's end; its lease holder obeys. */
    @JsonProperty("cancelled")
    CANCELLED,
    /** The work is over: its result. */
    @JsonProperty("result")
    RESULT,
    /** Everything is published; nothing follows. */
    @JsonProperty("closed")
    CLOSED,
    /** An entry of a decision journal: what one cause decided. */
    @JsonProperty("decided")
    DECIDED
}
