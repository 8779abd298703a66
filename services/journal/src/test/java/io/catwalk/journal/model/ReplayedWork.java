package io.catwalk.journal.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.catwalk.journal.Event;
import io.catwalk.journal.job.Conclusion;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobHandler;
import io.catwalk.journal.job.JobResult;
import io.catwalk.journal.job.JobResult.Outcome;
import io.catwalk.journal.job.Lease;
import io.catwalk.journal.job.LeaseEndedException;
import io.catwalk.journal.job.NotReadyException;
import io.catwalk.journal.job.Readiness;
import io.catwalk.journal.job.Termination;
import io.catwalk.objectstore.JobKind;

/** Work of some steps, each of which waits for its step of the model. */
final class ReplayedWork implements JobHandler {
    private final Gate gate;
    private final int steps;
    private volatile boolean givesBack;

    ReplayedWork(Gate gate, int steps) {
        this.gate = gate;
        this.steps = steps;
    }

    /** What it needs isn't there at its next step. */
    void givesBack() {
        givesBack = true;
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
        return new Readiness.Ready(state.isInt() ? state : IntNode.valueOf(0), event("training-started", state));
    }

    @Override
    public Conclusion work(Lease lease) throws LeaseEndedException, NotReadyException, InterruptedException {
        for (int step = lease.job().state(Integer.class) + 1; step <= steps; step++) {
            check(lease);
            lease.record(step, event("epoch-completed", IntNode.valueOf(step)));
        }
        check(lease);
        return conclusion(lease, JobResult.succeeded());
    }

    private void check(Lease lease) throws LeaseEndedException, NotReadyException, InterruptedException {
        gate.pass(Roles.WORK, Roles.DO_WORK);
        gate.called(Roles.WORK);
        lease.check();
        if (givesBack) {
            givesBack = false;
            throw new NotReadyException("what it needs isn't there");
        }
    }

    @Override
    public Conclusion conclude(Lease lease, Termination ending) {
        Outcome outcome = ending instanceof Termination.Cancelled ? Outcome.CANCELLED : Outcome.FAILED;
        return conclusion(lease, new JobResult(outcome, ending.reason()));
    }

    private static Conclusion conclusion(Lease lease, JobResult result) {
        return new Conclusion(
                result,
                lease.job().fold().state(),
                event("training-completed", TextNode.valueOf(result.outcome().name())));
    }

    private static Optional<Event> event(String type, JsonNode body) {
        return Optional.of(new Event(type, Instant.EPOCH, body));
    }
}
