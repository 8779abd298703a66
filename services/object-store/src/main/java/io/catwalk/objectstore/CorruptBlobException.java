package io.catwalk.objectstore;

/** A blob's content doesn't have the digest that names it, or it is missing. */
public final class CorruptBlobException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CorruptBlobException(String message) {
        super(message);
    }

    public CorruptBlobException(String message, Throwable cause) {
        super(message, cause);
    }
}
