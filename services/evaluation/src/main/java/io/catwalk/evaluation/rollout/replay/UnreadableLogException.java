package io.catwalk.evaluation.rollout.replay;

/** The log of requests can't be read, for the reason that the message gives. */
public final class UnreadableLogException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnreadableLogException(String reason) {
        super(reason);
    }

    public UnreadableLogException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
