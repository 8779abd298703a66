package io.catwalk.evaluation.registry;

/** A manifest that is damaged, or another version's. */
public final class CorruptManifestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CorruptManifestException(String message) {
        super(message);
    }

    CorruptManifestException(String message, Throwable cause) {
        super(message, cause);
    }
}
