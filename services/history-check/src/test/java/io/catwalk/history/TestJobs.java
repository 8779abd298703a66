package io.catwalk.history;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.catwalk.journal.Asker;
import io.catwalk.journal.Event;
import io.catwalk.journal.EventSink;
import io.catwalk.journal.Retry;
import io.catwalk.journal.job.Conclusion;
import io.catwalk.journal.job.IndexBuilder;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobFailedException;
import io.catwalk.journal.job.JobHandler;
import io.catwalk.journal.job.JobResult;
import io.catwalk.journal.job.JobRunner;
import io.catwalk.journal.job.JobSettings;
import io.catwalk.journal.job.Jobs;
import io.catwalk.journal.job.Lease;
import io.catwalk.journal.job.LeaseEndedException;
import io.catwalk.journal.job.Readiness;
import io.catwalk.journal.job.Termination;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;

/** Accepts jobs of a kind and has them done by the services' own runner. */
final class TestJobs {
    private static final Retry RETRY = new Retry(Duration.ofMillis(10), Duration.ofMillis(100));
    private static final JobSettings SETTINGS = new JobSettings(1, Duration.ofMillis(50), 6, 3, Duration.ofMinutes(1));

    private final Jobs jobs;
    private final EventSink sink;

    TestJobs(ObjectStore store, JobKind kind, EventSink sink) {
        this.jobs = new Jobs(store, kind, "test-" + kind, RETRY);
        this.sink = sink;
    }

    void accept(String id, JsonNode request) throws InterruptedException {
        jobs.accept(new Name(id), request, "sha256:" + "0".repeat(64), Asker.within("a test"));
    }

    void cancel(String id) throws InterruptedException {
        jobs.cancel(new Name(id), "a test's", Asker.within("a test"));
    }

    void indexAll() {
        new IndexBuilder(jobs).build();
    }

    /** Accepts a job and has it done until nothing of it is open. */
    void run(String id, JsonNode request, Optional<Event> claimed, Work work) throws InterruptedException {
        accept(id, request);
        JobRunner runner = new JobRunner(jobs, new Handler(jobs.kind(), claimed, work), sink, SETTINGS, () -> {});
        runner.start();
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> jobs.open().isEmpty());
        runner.stop();
    }

    /** What a job does. */
    @FunctionalInterface
    interface Work {
        Conclusion on(Lease lease) throws LeaseEndedException, InterruptedException;
    }

    static Conclusion succeeded(JsonNode state, Optional<Event> event) {
        return new Conclusion(JobResult.succeeded(), state, event);
    }

    private record Handler(JobKind kind, Optional<Event> claimed, Work work) implements JobHandler {
        @Override
        public Optional<Duration> deadline(Job job) {
            return Optional.empty();
        }

        @Override
        public Readiness readiness(Job job) {
            return new Readiness.Ready(NullNode.getInstance(), claimed);
        }

        @Override
        public Conclusion work(Lease lease) throws LeaseEndedException, JobFailedException, InterruptedException {
            return work.on(lease);
        }

        @Override
        public Conclusion conclude(Lease lease, Termination ending) {
            return succeeded(NullNode.getInstance(), Optional.empty());
        }
    }
}
