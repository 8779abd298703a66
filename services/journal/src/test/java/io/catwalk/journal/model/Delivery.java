package io.catwalk.journal.model;

/** What becomes of one call to the store. */
enum Delivery {
    /** It has its effect, and its answer arrives. */
    ONCE,
    /** It has its effect twice, and the second answer arrives. */
    TWICE,
    /** It has its effect, and the caller is told that there was no answer. */
    UNANSWERED,
    /** It may have its effect later, and the caller is told that there was no answer. */
    LATE,
    /** It has no effect, and the caller is told that there was no answer. */
    LOST
}
