package io.catwalk.conformance.model;

/** There is no model to try the server with; the message says what is missing. */
public final class ModelNotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ModelNotFoundException(String message) {
        super(message);
    }
}
