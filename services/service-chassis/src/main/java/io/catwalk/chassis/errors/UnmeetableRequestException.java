package io.catwalk.chassis.errors;

/** A well-formed request needs what isn't there; a later try wouldn't find it either. */
public final class UnmeetableRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message names the field, its value and what there is */
    public UnmeetableRequestException(String message) {
        super(message);
    }
}
