package io.catwalk.ingestion.source;

import java.io.IOException;

/** The place of a dataset's files answers that it can't give them now; it may later. */
public final class SourceAwayException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param message names the place as the request does, and its answer */
    SourceAwayException(String message) {
        super(message);
    }
}
