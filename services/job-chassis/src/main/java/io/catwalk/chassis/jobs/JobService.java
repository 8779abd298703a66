package io.catwalk.chassis.jobs;

import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Message;
import io.catwalk.chassis.errors.ConflictingRequestException;
import io.catwalk.chassis.events.EventReceiver.EventOutcome;
import io.catwalk.chassis.readiness.StoreCheck;
import io.catwalk.chassis.reading.Reading;
import io.catwalk.events.EventJson;
import io.catwalk.events.RequestDigest;
import io.catwalk.events.request.CancelRequest;
import io.catwalk.journal.Asker;
import io.catwalk.journal.EntryTooLargeException;
import io.catwalk.journal.job.Acceptance;
import io.catwalk.journal.job.Cancellation;
import io.catwalk.journal.job.IndexBuilder;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobRunner;
import io.catwalk.journal.job.Jobs;
import io.catwalk.objectstore.Name;
import io.catwalk.supervision.Supervisor;

/**
 * A service's jobs: accepted from events, worked on in this process. {@link JobServices} makes one of each kind's
 * handler.
 */
public final class JobService {
    private static final Duration INDEX_DISTANCE = Duration.ofMinutes(1);

    private final Jobs jobs;
    private final JobRunner runner;
    private final JobDirectory directory;
    private final StoreCheck storeCheck;
    private final Thread indexing;

    JobService(Jobs jobs, JobRunner runner, JobDirectory directory, IndexBuilder index, StoreCheck storeCheck) {
        this.jobs = jobs;
        this.runner = runner;
        this.directory = directory;
        this.storeCheck = storeCheck;
        this.indexing = Supervisor.ofProcess().unstarted("index-" + jobs.kind().folder(), () -> {
            storeCheck.awaitPassed();
            index.keep(INDEX_DISTANCE);
        });
    }

    /** The jobs as all processes see them. */
    public Jobs jobs() {
        return jobs;
    }

    /** All of them, to be shown. */
    public JobDirectory directory() {
        return directory;
    }

    /**
     * Makes a request a job.
     *
     * @param asker see {@link Jobs#accept}
     * @throws ConflictingRequestException when the id belongs to another request
     * @throws EntryTooLargeException for a request that a journal can't keep
     */
    public EventOutcome accept(Name id, Message request, Asker asker) throws InterruptedException {
        Acceptance acceptance = jobs.accept(id, EventJson.tree(request), RequestDigest.of(request), asker);
        runner.nudge();
        return switch (acceptance) {
            case ACCEPTED -> EventOutcome.ACCEPTED;
            case REPEATED -> EventOutcome.REPEATED;
            case CONFLICT -> throw conflict(id);
        };
    }

    /**
     * Checks that an id is free, or belongs to this very request.
     *
     * @throws ConflictingRequestException when the id belongs to another request, or to a job that can't be read; {@link #accept}
     *     decides races
     */
    public void requireNoOther(Name id, Message request) {
        Optional<Job> job = Reading.of(() -> jobs.find(id)).orElse(reason -> {
            throw new ConflictingRequestException(
                    "id is %s, which belongs to one of %s that can't be read (%s); choose another id"
                            .formatted(id, jobs.kind().folder(), reason));
        });
        boolean other = job.map(found -> found.fold().requestDigest())
                .filter(known -> !known.isEmpty() && !known.equals(RequestDigest.of(request)))
                .isPresent();
        if (other) {
            throw conflict(id);
        }
    }

    private ConflictingRequestException conflict(Name id) {
        return new ConflictingRequestException("id is " + id + ", which belongs to another request of "
                + jobs.kind().folder() + "; choose another id");
    }

    /** Requests a job's end; a repetition where it has its result already: there is nothing left to end. */
    public EventOutcome cancel(CancelRequest request, Asker asker) throws InterruptedException {
        Cancellation cancellation = jobs.cancel(new Name(request.id()), request.reason(), asker);
        runner.nudge();
        return switch (cancellation) {
            case ACCEPTED -> EventOutcome.ACCEPTED;
            case TOO_LATE -> EventOutcome.REPEATED;
        };
    }

    /** Something that an open job may be waiting for has become available. */
    public void nudge() {
        runner.nudge();
    }

    /** What the job's work last showed, most recent where this process has the lease. */
    public Optional<JsonNode> progress(Job job) {
        return runner.progress(job.id()).or(() -> jobs.progress(job));
    }

    /** Starts polling for jobs and keeping their index, once the store has passed its check. */
    public void start() {
        indexing.start();
        Supervisor.ofProcess().start("start-jobs", () -> {
            storeCheck.awaitPassed();
            runner.start();
        });
    }

    /** Releases all leases. */
    public void stop() throws InterruptedException {
        indexing.interrupt();
        runner.stop();
    }
}
