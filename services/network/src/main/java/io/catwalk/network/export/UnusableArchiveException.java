package io.catwalk.network.export;

/** An archive that is missing, damaged or too large, or that reaches outside its folder. */
public final class UnusableArchiveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnusableArchiveException(String message) {
        super(message);
    }

    public UnusableArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
