package io.catwalk.evaluation.comparison.choice;

/** The runs can't be compared; the message names which of them, and why. */
public final class NotComparableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Cause cause;

    /** Whose doing it is. */
    public enum Cause {
        /** The choice of the runs is at fault. */
        BAD_INPUT,
        /** There is no such run. */
        NOT_FOUND,
        /** The run has no model that was evaluated, or not yet. */
        NO_MODEL
    }

    NotComparableException(Cause cause, String message) {
        super(message);
        this.cause = cause;
    }

    public Cause why() {
        return cause;
    }
}
