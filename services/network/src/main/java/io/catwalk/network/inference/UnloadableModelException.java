package io.catwalk.network.inference;

/** A model that can't be served: files are missing or damaged, the signature differs, or an operation isn't allowed. */
public final class UnloadableModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnloadableModelException(String message) {
        super(message);
    }

    public UnloadableModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
