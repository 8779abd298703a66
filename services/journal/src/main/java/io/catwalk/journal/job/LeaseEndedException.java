package io.catwalk.journal.job;

/** The holder is to stop its work. */
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

    /** Why a hold ends; of several causes the first in this order holds. */
    public enum Cause {
        /** Another replica has taken the job: write nothing more. */
        LOST,
        CANCELLED,
        DEADLINE_EXCEEDED,
        /** This process is stopping: keep what is worth keeping, another replica goes on. */
        RELEASE
    }
}
