package io.catwalk.dataset;

/** A stored dataset isn't what its manifest says: a blob was damaged, cut or exchanged. */
public final class CorruptDatasetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CorruptDatasetException(String message) {
        super(message);
    }

    public CorruptDatasetException(String message, Throwable cause) {
        super(message, cause);
    }
}
