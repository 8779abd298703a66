package io.catwalk.journal.job;

/** Follows what this process does with the jobs of a kind. Called on the threads that do it: must be quick and not throw. */
public interface JobObserver {
    /** One who looks away. */
    JobObserver NONE = new JobObserver() {
        @Override
        public void looked(int open) {}

        @Override
        public void concluded(JobResult.Outcome outcome) {}
    };

    /** The runner is at a look, which found so many jobs that aren't closed, whoever holds them. */
    void looked(int open);

    /** This process has written a job's result. */
    void concluded(JobResult.Outcome outcome);
}
