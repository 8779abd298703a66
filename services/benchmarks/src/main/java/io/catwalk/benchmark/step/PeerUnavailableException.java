package io.catwalk.benchmark.step;

/** A peer that can't run here; the message says why. */
final class PeerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PeerUnavailableException(String message) {
        super(message);
    }

    PeerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
