package io.catwalk.journal;

import io.catwalk.objectstore.ObjectKey;

/** An entry is larger than what a journal is read up to, so it isn't appended. */
public final class EntryTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EntryTooLargeException(ObjectKey key, int bytes, int most) {
        super("entry %s is %d bytes, must be at most %d".formatted(key, bytes, most));
    }
}
