package io.catwalk.journal.model;

import java.util.Optional;

/**
 * A replica that polls the job, and works on it once it has claimed it.
 *
 * @param writer names the process in its entries; another one after a crash
 * @param sightings polls so far that found the newest entry with its holder's newest heartbeat
 * @param claimed its own {@code claimed} entry; 0 without one
 * @param known the newest entry that it has appended or obeyed
 * @param lost whether it knows that its lease is another's
 * @param published the newest event that it knows to be acknowledged
 * @param attempts of a claim that weren't answered
 * @param write what it is about to append
 */
record Holder(
        int writer,
        Phase phase,
        int sightings,
        int claimed,
        int known,
        boolean lost,
        int published,
        int attempts,
        Optional<Write> write) {
    /** What it does next. */
    enum Phase {
        /** Polls. */
        IDLE,
        /** Appends its claim. */
        CLAIM,
        /** Does a step of the work. */
        WORK,
        /** Appends the step. */
        RECORD,
        /** Appends the result. */
        CONCLUDE,
        /** Appends that it gives the job back. */
        RELEASE,
        /** Waits until all events are acknowledged. */
        AWAIT,
        /** Appends that the job is closed. */
        CLOSE,
        /** Reads whether the job is closed. */
        CHECK,
        /** Writes into the index how it ended. */
        INDEX,
        /** Deletes the marker. */
        UNMARK
    }

    static Holder idle(int writer) {
        return new Holder(writer, Phase.IDLE, 0, 0, 0, false, 0, 0, Optional.empty());
    }

    /** Whether it has claimed the job, and a thread that writes heartbeats. */
    boolean hasClaim() {
        return claimed != 0;
    }

    Holder with(Phase next) {
        return new Holder(writer, next, sightings, claimed, known, lost, published, attempts, Optional.empty());
    }

    Holder with(Phase next, Write append) {
        return new Holder(writer, next, sightings, claimed, known, lost, published, attempts, Optional.of(append));
    }

    Holder withWrite(Write append) {
        return new Holder(writer, phase, sightings, claimed, known, lost, published, attempts, Optional.of(append));
    }

    Holder withSightings(int polls) {
        return new Holder(writer, phase, polls, claimed, known, lost, published, attempts, write);
    }

    Holder withKnown(int entry, boolean isLost) {
        return new Holder(writer, phase, sightings, claimed, entry, isLost, published, attempts, write);
    }

    Holder withPublished(int event) {
        return new Holder(writer, phase, sightings, claimed, known, lost, event, attempts, write);
    }

    Holder withAttempts(int unanswered) {
        return new Holder(writer, phase, sightings, claimed, known, lost, published, unanswered, write);
    }

    Holder withClaim(int number, int acknowledged) {
        return new Holder(writer, phase, sightings, number, number, false, acknowledged, 0, Optional.empty());
    }

    /** Its work has ended: it polls again. */
    Holder polling() {
        return new Holder(writer, Phase.IDLE, sightings, 0, 0, false, 0, 0, Optional.empty());
    }
}
