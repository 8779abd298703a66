package io.catwalk.events;

import java.util.Optional;

/**
 * A record that is not an event this version can read: bad input, so trying it again can't help.
 *
 * <p>The message names the field, the value found (shortened, escaped) and what it must be.
 */
public final class BadEventException extends RuntimeException {
    private final String field;
    private final Optional<String> value;

    private BadEventException(String field, Optional<String> value, String message) {
        super(message);
        this.field = field;
        this.value = value;
    }

    static BadEventException missing(String field, String expectation) {
        return new BadEventException(field, Optional.empty(), field + " is missing, " + expectation);
    }

    static BadEventException wrong(String field, Object value, String expectation) {
        String shown = ShownValue.of(value);
        return new BadEventException(field, Optional.of(shown), field + " is " + shown + ", " + expectation);
    }

    static BadEventException broken(String field, String problem) {
        return new BadEventException(field, Optional.empty(), field + " " + problem);
    }

    /**
     * What is wrong: a payload's field as a dotted proto3 JSON path ({@code gate.maxRegression}), a header
     * ({@code ce_id}), an attribute of a structured event ({@code id}), or {@code key}, {@code value}, {@code headers}.
     */
    public String field() {
        return field;
    }

    /** The value found, as the message shows it; empty where it is missing or unreadable. */
    public Optional<String> value() {
        return value;
    }
}
