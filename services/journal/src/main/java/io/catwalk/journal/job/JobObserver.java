package io.catwalk.journal.job;

/** Follows what this process does with the jobs of a kind. Called on the threads that do it: must be quick and not throw. */
public interface JobObserver {
    /** Does nothing. */
    JobObserver NONE = new JobObserver() {
        @Override
        public void polled(int open, int unreadable) {}

        @Override
        public void concluded(JobResult.Outcome outcome) {}
    };

    /**
     * The runner has polled all jobs that aren't closed.
     *
     * @param open how many there are in all replicas
     * @param unreadable those of them that this process can't read, check, claim or end, as its last try of each came out
     */
    void polled(int open, int unreadable);

    /** This process has written a job's result. */
    void concluded(JobResult.Outcome outcome);
}
