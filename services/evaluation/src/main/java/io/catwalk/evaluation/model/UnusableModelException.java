package io.catwalk.evaluation.model;

/** A model can't be scored, now or later: it is missing, damaged, or not what it should be. */
public final class UnusableModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnusableModelException(String message) {
        super(message);
    }

    public UnusableModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
