package io.catwalk.chassis.errors;

import java.util.function.Supplier;

/** A value in a user's request is wrong by itself, or beside another one. */
public final class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message names the field, its value and what it must be */
    public BadInputException(String message) {
        super(message);
    }

    /** @param message names the field, its value and what it must be */
    public BadInputException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Makes a value of what a user has written. For that alone: an {@link IllegalArgumentException} of other code is a defect.
     *
     * @throws BadInputException when the value's own checks reject it
     */
    public static <T> T parse(Supplier<T> parser) {
        try {
            return parser.get();
        } catch (IllegalArgumentException e) {
            throw new BadInputException(String.valueOf(e.getMessage()), e);
        }
    }
}
