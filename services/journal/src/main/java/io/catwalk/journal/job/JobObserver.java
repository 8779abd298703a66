package io.catwalk.journal.job;

/** Follows what this process does with the jobs of a kind. Called on the threads that do it: must be quick and not throw. */
public interface JobObserver {
    /** One who looks away. */
    JobObserver NONE = new JobObserver() {
        @Override
        public void looked(int open, int unreadable) {}

        @Override
        public void concluded(JobResult.Outcome outcome) {}
    };

    /**
     * The runner has looked at all jobs that aren't closed.
     *
     * @param open how many there are, whoever holds them
     * @param unreadable those of them that this process can't read, judge, claim or end, as its last try of each came out
     */
    void looked(int open, int unreadable);

    /** This process has written a job's result. */
    void concluded(JobResult.Outcome outcome);
}
