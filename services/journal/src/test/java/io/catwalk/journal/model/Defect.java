package io.catwalk.journal.model;

/** What the protocol must not do, for tests that the explorer finds it. */
enum Defect {
    /** An append replaces what stands in its place. */
    OVERWRITES,
    /** Who finds an entry in its place takes it for its own. */
    KNOWS_NO_NONCE,
    /** An append without an answer counts as made. */
    LOST_ANSWER_IS_SUCCESS,
    /** An append without an answer counts as not made, and is made behind what stands. */
    LOST_ANSWER_IS_FAILURE,
    /** A lease holder appends behind another's claim. */
    KNOWS_NO_FENCE,
    /** A lease whose holder writes no heartbeats isn't taken over. */
    WAITS_FOR_THE_DEAD,
    /** A claimed job is worked on though it has its result. */
    WORKS_AFTER_RESULT,
    /** A successor begins the work anew. */
    STARTS_AGAIN,
    /** An event is published before its entry stands. */
    PUBLISHES_FIRST,
    /** An event without an acknowledgement counts as published. */
    TRUSTS_THE_BROKER,
    /** A successor publishes nothing that was decided before its claim. */
    FORGETS_ITS_PREDECESSOR,
    /** A journal is closed while events wait. */
    CLOSES_BEFORE_PUBLISHING,
    /** The marker is deleted without reading whether the job is closed. */
    UNMARKS_UNREAD,
    /** The marker is deleted before the index tells how the job ended. */
    UNMARKS_BEFORE_INDEXING,
    /** The work's result is appended behind a cancel. */
    CONCLUDES_OVER_A_CANCEL,
    /** A cancel is appended whatever stands. */
    CANCELS_UNREAD,
    /** A request that arrives again becomes another entry. */
    ACCEPTS_AGAIN,
    /** A request that arrives again leaves the marker to the first one. */
    REPEATS_WITHOUT_MARKER
}
