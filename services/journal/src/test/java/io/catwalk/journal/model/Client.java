package io.catwalk.journal.model;

import java.util.Optional;

/**
 * A process that requests the job, or one that cancels it.
 *
 * @param mark whether the marker is put after the append
 * @param answer what the process answered, once it has
 */
record Client(int writer, Role role, Phase phase, boolean mark, Optional<Answer> answer, Optional<Write> write) {
    enum Role {
        REQUEST,
        CANCEL
    }

    /** What it does next. */
    enum Phase {
        /** Isn't there yet. */
        ABSENT,
        /** Reads the newest entry. */
        FIND,
        /** Appends its entry. */
        APPEND,
        /** Puts the job into the index. */
        INDEX,
        /** Puts the marker. */
        MARK,
        /** Nothing more. */
        DONE
    }

    /** As the Java's {@code Acceptance} and {@code Cancellation}. */
    enum Answer {
        ACCEPTED,
        REPEATED,
        TOO_LATE
    }

    static Client absent(int writer, Role role) {
        return new Client(writer, role, Phase.ABSENT, false, Optional.empty(), Optional.empty());
    }

    boolean answered(Answer other) {
        return answer.equals(Optional.of(other));
    }

    Client with(Phase next) {
        return new Client(writer, role, next, mark, answer, Optional.empty());
    }

    Client with(Write append, boolean marks) {
        return new Client(writer, role, Phase.APPEND, marks, answer, Optional.of(append));
    }

    Client withWrite(Write append) {
        return new Client(writer, role, phase, mark, answer, Optional.of(append));
    }

    Client withAnswer(Answer given) {
        return new Client(writer, role, phase, mark, Optional.of(given), write);
    }
}
