package io.catwalk.journal.model;

/** What the surroundings may do to the protocol, each a limited number of times. */
enum Disturbance {
    /** A process is killed, with its call perhaps on the way, and started again. */
    CRASH,
    /** A lease holder is paused for so long that its lease counts as lost, and goes on later. */
    PAUSE,
    /** The work gives the job back. */
    RELEASE,
    /** A call to the store doesn't get there. */
    LOST_CALL,
    /** A write stands, and its answer is lost. */
    LOST_ANSWER,
    /** A write lands at any time after its writer has given up waiting for the answer, or never. */
    LATE_WRITE,
    /** The broker has an event, and its acknowledgement is lost. */
    LOST_ACKNOWLEDGEMENT,
    /** The request arrives twice, also while it is being accepted. */
    REDELIVERY
}
