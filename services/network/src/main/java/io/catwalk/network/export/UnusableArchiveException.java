package io.catwalk.network.export;

/** Bytes that are no archive of a model, or one that is too large or reaches outside its folder. */
public final class UnusableArchiveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnusableArchiveException(String message) {
        super(message);
    }

    public UnusableArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
