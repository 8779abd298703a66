package io.catwalk.history;

/** The store or the broker didn't give what the check needs; the message says what. */
public final class CannotCheckException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotCheckException(String message) {
        super(message);
    }

    public CannotCheckException(String message, Throwable cause) {
        super(message, cause);
    }
}
