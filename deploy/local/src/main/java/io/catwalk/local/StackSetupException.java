package io.catwalk.local;

/** A stack can't be started as things are; the message says what to do. */
public final class StackSetupException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    StackSetupException(String message) {
        super(message);
    }
}
