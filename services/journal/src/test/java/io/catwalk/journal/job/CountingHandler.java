package io.catwalk.journal.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.catwalk.journal.Event;
import io.catwalk.journal.JournalJson;
import io.catwalk.objectstore.JobKind;

/** Work that counts from where the journal stands up to a number, one entry a step. */
class CountingHandler implements JobHandler {
    private final int steps;
    private final Duration stepTime;

    CountingHandler(int steps, Duration stepTime) {
        this.steps = steps;
        this.stepTime = stepTime;
    }

    @Override
    public JobKind kind() {
        return JobKind.RUN;
    }

    @Override
    public Optional<Duration> deadline(Job job) {
        return Optional.empty();
    }

    @Override
    public Readiness readiness(Job job) {
        JsonNode state = job.fold().state();
        return new Readiness.Ready(state.isInt() ? state : IntNode.valueOf(0), event("training-started", "claimed"));
    }

    @Override
    public Conclusion work(Lease lease) throws LeaseEndedException, JobFailedException, InterruptedException {
        for (int step = lease.job().state(Integer.class) + 1; step <= steps; step++) {
            new Semaphore(0).tryAcquire(stepTime.toNanos(), TimeUnit.NANOSECONDS);
            lease.check();
            lease.record(step, event("epoch-completed", "step " + step));
            lease.advanced(IntNode.valueOf(step));
        }
        return new Conclusion(JobResult.succeeded(), lease.job().fold().state(), event("training-completed", "done"));
    }

    @Override
    public Conclusion conclude(Lease lease, Termination ending) throws InterruptedException {
        JobResult.Outcome outcome =
                ending instanceof Termination.Cancelled ? JobResult.Outcome.CANCELLED : JobResult.Outcome.FAILED;
        return new Conclusion(
                new JobResult(outcome, ending.reason()),
                lease.job().fold().state(),
                event("training-failed", ending.reason()));
    }

    static Optional<Event> event(String type, String text) {
        return Optional.of(new Event(type, Instant.EPOCH, JournalJson.tree(TextNode.valueOf(text))));
    }
}
