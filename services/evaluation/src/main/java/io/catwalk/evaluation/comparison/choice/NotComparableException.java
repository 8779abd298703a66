package io.catwalk.evaluation.comparison.choice;

/** The runs can't be compared; the message names which of them, and why. */
public final class NotComparableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Cause cause;

    /** The cause. */
    public enum Cause {
        /** An invalid choice of runs. */
        BAD_INPUT,
        /** An unknown run. */
        NOT_FOUND,
        /** The run has no evaluated model, or not yet. */
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
