package io.catwalk.evaluation.job;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.journal.Event;
import io.catwalk.journal.Retry;
import io.catwalk.journal.job.Conclusion;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobFailedException;
import io.catwalk.journal.job.JobHandler;
import io.catwalk.journal.job.Lease;
import io.catwalk.journal.job.LeaseEndedException;
import io.catwalk.journal.job.NotReadyException;
import io.catwalk.journal.job.Readiness;
import io.catwalk.journal.job.Termination;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;

/** A handler whose work breaks, once, where it would record a certain event. */
record FailingOnce(JobHandler handler, String eventType, AtomicBoolean failed) implements JobHandler {
    FailingOnce(JobHandler handler, String eventType) {
        this(handler, eventType, new AtomicBoolean());
    }

    @Override
    public JobKind kind() {
        return handler.kind();
    }

    @Override
    public Optional<Duration> deadline(Job job) {
        return handler.deadline(job);
    }

    @Override
    public Readiness readiness(Job job) {
        return handler.readiness(job);
    }

    @Override
    public Conclusion work(Lease lease)
            throws LeaseEndedException, JobFailedException, NotReadyException, InterruptedException {
        return handler.work(new FailingLease(lease));
    }

    @Override
    public Conclusion conclude(Lease lease, Termination ending) throws InterruptedException {
        return handler.conclude(lease, ending);
    }

    private final class FailingLease implements Lease {
        private final Lease lease;

        FailingLease(Lease lease) {
            this.lease = lease;
        }

        @Override
        public Name id() {
            return lease.id();
        }

        @Override
        public Job job() {
            return lease.job();
        }

        @Override
        public Retry retry() {
            return lease.retry();
        }

        @Override
        public void record(Object state, Optional<Event> event) throws LeaseEndedException, InterruptedException {
            boolean here = event.filter(published -> published.type().equals(eventType))
                    .isPresent();
            if (here && failed.compareAndSet(false, true)) {
                throw new IllegalStateException("broken on purpose");
            }
            lease.record(state, event);
        }

        @Override
        public void publish(String eventId, Event event) throws InterruptedException {
            lease.publish(eventId, event);
        }

        @Override
        public void advanced(JsonNode progress) {
            lease.advanced(progress);
        }

        @Override
        public void check() throws LeaseEndedException {
            lease.check();
        }
    }
}
