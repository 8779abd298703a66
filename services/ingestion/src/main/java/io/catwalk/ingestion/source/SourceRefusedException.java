package io.catwalk.ingestion.source;

import java.io.IOException;

/**
 * A source that can't give a dataset, however often it is read: a place that isn't allowed, a missing file, content that
 * changed meanwhile. Any other {@link IOException} of a source means that it may be retried.
 */
public final class SourceRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    public SourceRefusedException(String message) {
        super(message);
    }
}
