package io.catwalk.local;

/** A task could not be done; the message is all that its user needs. */
public final class TaskFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TaskFailedException(String message) {
        super(message);
    }
}
