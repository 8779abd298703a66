package io.catwalk.conformance.check;

/** The server deviates from a check's property; the message says what was seen instead. */
public final class DeviationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DeviationException(String seen) {
        super(seen);
    }
}
