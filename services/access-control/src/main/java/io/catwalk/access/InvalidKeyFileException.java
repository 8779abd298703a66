package io.catwalk.access;

/** A key file can't be read. Its message holds no key. */
public final class InvalidKeyFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message names the field, its value and its limit */
    InvalidKeyFileException(String message) {
        super(message);
    }
}
