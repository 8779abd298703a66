package io.catwalk.serving.engine;

/** A model that can't be served: it is damaged, has a wrong signature, or returns no probabilities. */
public final class UnusableModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnusableModelException(String message) {
        super(message);
    }

    public UnusableModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
