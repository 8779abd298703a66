package io.catwalk.chassis.errors;

/** Valid work needs more memory than this process has for it. Another replica may have more. */
public final class InsufficientMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message names the memory, and what of the request needs it */
    public InsufficientMemoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
