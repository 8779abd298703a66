package io.catwalk.journal.job;

/** The lease holder is to stop its work. */
public final class LeaseEndedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Cause why;

    LeaseEndedException(Cause why) {
        super("the lease has ended: " + why);
        this.why = why;
    }

    public Cause why() {
        return why;
    }

    /** Why a lease ends; of several causes the first in this order counts. */
    public enum Cause {
        /** Another replica has claimed the job: write nothing more. No other cause follows. */
        LOST,
        CANCELLED,
        DEADLINE_EXCEEDED,
        /** This process is stopping: keep what is worth keeping, another replica continues. */
        RELEASE
    }
}
