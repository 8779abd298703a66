package io.catwalk.conformance.check;

/** The server or the model has no such part, which the specification allows; the message says what was seen. */
public final class NotOfferedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NotOfferedException(String seen) {
        super(seen);
    }
}
