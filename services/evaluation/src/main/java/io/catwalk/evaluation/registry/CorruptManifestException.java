package io.catwalk.evaluation.registry;

/** What lies in a manifest's place is none, or another's. */
public final class CorruptManifestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CorruptManifestException(String message) {
        super(message);
    }

    CorruptManifestException(String message, Throwable cause) {
        super(message, cause);
    }
}
