package io.catwalk.journal.model;

/** A step of one actor or of its surroundings. Actors are numbered: the holders, then the clients. */
sealed interface Action {
    /** A holder polls the open jobs, reads this one and its heartbeat, and begins to claim it if it may. */
    record Poll(int actor) implements Action {}

    /** An actor makes its append, and reads what stands. */
    record Append(int actor, Delivery delivery) implements Action {}

    /** A holder does a step of the work, until the append that follows. */
    record Work(int actor) implements Action {}

    /** A holder's work finds that what it needs isn't there, until the append that follows. */
    record GiveBack(int actor) implements Action {}

    /** A holder writes a heartbeat and reads what others have appended. */
    record Beat(int actor) implements Action {}

    /** A holder publishes its next event. */
    record Publish(int actor, boolean acknowledged) implements Action {}

    /** An actor makes its next call, which is none of the others. */
    record Call(int actor, Delivery delivery) implements Action {}

    /** The request arrives once more. */
    record Redeliver(int actor) implements Action {}

    /** A process is killed, and started again. */
    record Crash(int actor) implements Action {}

    /** A late write lands. */
    record Land(int late) implements Action {}

    /** A marker that was put late lands. */
    record LandMarker() implements Action {}
}
