package io.catwalk.journal.job;

/** The work failed in a way that a retry wouldn't help. */
public final class JobFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Termination ending;

    public JobFailedException(Termination ending) {
        super(ending.reason());
        this.ending = ending;
    }

    public Termination ending() {
        return ending;
    }
}
