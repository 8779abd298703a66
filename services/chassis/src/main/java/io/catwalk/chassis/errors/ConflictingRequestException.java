package io.catwalk.chassis.errors;

/** A request's id belongs to another request. */
public final class ConflictingRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConflictingRequestException(String message) {
        super(message);
    }
}
