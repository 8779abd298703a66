package io.catwalk.journal;

import org.jspecify.annotations.Nullable;

/**
 * An entry that this release can't read or publish, as one of another format, or one that is damaged: the journal is to be
 * left alone.
 */
public final class UnknownEntryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnknownEntryException(@Nullable String message, Throwable cause) {
        super(message, cause);
    }

    public UnknownEntryException(String message) {
        super(message);
    }
}
