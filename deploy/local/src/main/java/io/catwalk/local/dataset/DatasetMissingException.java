package io.catwalk.local.dataset;

/** A dataset isn't to be had; the message says what was tried. */
public final class DatasetMissingException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    DatasetMissingException(String message) {
        super(message);
    }
}
