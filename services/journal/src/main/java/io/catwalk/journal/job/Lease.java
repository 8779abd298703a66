package io.catwalk.journal.job;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.journal.Event;
import io.catwalk.journal.Retry;
import io.catwalk.objectstore.Name;

/** A job's lease, in the replica that has claimed it and works on it. */
public interface Lease {
    Name id();

    /** The job as of the newest entry that the lease holder knows. */
    Job job();

    /** How calls to the store are to be made again. */
    Retry retry();

    /**
     * Appends a {@code progress} entry.
     *
     * @param state the kind's own record, which replaces the last one
     * @param event what the entry is published as, in order and without waiting for it
     * @throws LeaseEndedException when the job was lost, cancelled or is out of time; not for a release
     */
    void record(Object state, Optional<Event> event) throws LeaseEndedException, InterruptedException;

    /**
     * Publishes the event of an entry of another journal that this job has caused, and waits for its acknowledgement, as long as
     * it takes: that can't stall, and a process that stops doesn't wait for it.
     *
     * @throws InterruptedException when the process stops: the successor is to publish it
     */
    void publish(String eventId, Event event) throws InterruptedException;

    /**
     * The work made progress: without this for {@link JobSettings#stall} the lease holder ends its heartbeats and exits.
     *
     * @param progress what to show to people, as step and steps
     */
    void advanced(JsonNode progress);

    /** @throws LeaseEndedException when the work is to stop, for any cause */
    void check() throws LeaseEndedException;
}
