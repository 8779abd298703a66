package io.catwalk.network.checkpoint;

/** Bytes that are no checkpoint, or a checkpoint of another network or optimizer. */
public final class UnusableCheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnusableCheckpointException(String message) {
        super(message);
    }
}
