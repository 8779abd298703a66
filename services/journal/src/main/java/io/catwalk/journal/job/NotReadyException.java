package io.catwalk.journal.job;

/** What the job needs turned out not to be there now: the job is given back, and {@link JobHandler#readiness} says when to continue. */
public final class NotReadyException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what isn't there, and why */
    public NotReadyException(String message) {
        super(message);
    }
}
