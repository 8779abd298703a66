package io.catwalk.journal;

/** An entry that this release can't read, as one of a later release: the journal is to be left alone. */
public final class UnknownEntryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnknownEntryException(String message, Throwable cause) {
        super(message, cause);
    }

    public UnknownEntryException(String message) {
        super(message);
    }
}
