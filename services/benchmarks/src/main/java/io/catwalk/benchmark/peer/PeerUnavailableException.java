package io.catwalk.benchmark.peer;

/** A peer that can't run here; the message says why. */
public final class PeerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public PeerUnavailableException(String message) {
        super(message);
    }

    public PeerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
