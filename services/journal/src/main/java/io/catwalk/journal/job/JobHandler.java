package io.catwalk.journal.job;

import java.time.Duration;
import java.util.Optional;

import io.catwalk.objectstore.JobKind;

/** What a service does with the jobs of one kind. */
public interface JobHandler {
    JobKind kind();

    /** How long after its acceptance a job may run. */
    Optional<Duration> deadline(Job job);

    /** Whether a job could be worked on now; called at each poll, so it must be quick. */
    Readiness readiness(Job job);

    /**
     * Does the work, on a thread of its own. Calls {@link Lease#advanced} as it makes progress and {@link Lease#check}
     * between steps. What it keeps it records through {@link Lease#record}, from where a successor continues.
     *
     * <p>Any exception but those below and the store's is a defect, and releases the job: it is tried again, as after a
     * failure of the store, up to {@link JobSettings#maxFailures} times without progress.
     *
     * @throws LeaseEndedException as the lease threw it
     * @throws JobFailedException when the job fails in a way that a retry wouldn't help
     * @throws NotReadyException when it is to be given back, and to wait without a slot
     */
    Conclusion work(Lease lease)
            throws LeaseEndedException, JobFailedException, NotReadyException, InterruptedException;

    /**
     * The result of a job that ends without success; called while no work is running, by any replica. A kind whose jobs
     * each put an entry into a decision journal puts it here too, and publishes it.
     */
    Conclusion conclude(Lease lease, Termination ending) throws InterruptedException;
}
