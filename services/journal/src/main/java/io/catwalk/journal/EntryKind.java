package io.catwalk.journal;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an entry says. */
public enum EntryKind {
    /** A job's request as it was received: entry 1, or the next where a cancel came before it. */
    @JsonProperty("accepted")
    ACCEPTED,
    /** A replica holds the job from here on, until another entry of this kind or {@link #RELEASED}. */
    @JsonProperty("claimed")
    CLAIMED,
    /** The holder's work has come to a point worth keeping. */
    @JsonProperty("progress")
    PROGRESS,
    /** The holder has given the job back: anybody may take it at once. */
    @JsonProperty("released")
    RELEASED,
    /** Somebody wants the job to end; its holder obeys. */
    @JsonProperty("cancelled")
    CANCELLED,
    /** The work is over: what came of it. */
    @JsonProperty("result")
    RESULT,
    /** Everything was told; nothing follows. */
    @JsonProperty("closed")
    CLOSED,
    /** A line's entry: what one cause decided. */
    @JsonProperty("decided")
    DECIDED
}
