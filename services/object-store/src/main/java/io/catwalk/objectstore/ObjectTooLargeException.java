package io.catwalk.objectstore;

/** An object is larger than its reader accepts. */
public final class ObjectTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ObjectTooLargeException(String message) {
        super(message);
    }

    public ObjectTooLargeException(String message, Throwable cause) {
        super(message, cause);
    }
}
