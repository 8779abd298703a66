package io.catwalk.evaluation.job;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.journal.Event;
import io.catwalk.journal.Retry;
import io.catwalk.journal.job.Conclusion;
import io.catwalk.journal.job.Ending;
import io.catwalk.journal.job.Hold;
import io.catwalk.journal.job.HoldEndedException;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobFailedException;
import io.catwalk.journal.job.JobHandler;
import io.catwalk.journal.job.NotReadyException;
import io.catwalk.journal.job.Readiness;
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
    public Conclusion work(Hold hold)
            throws HoldEndedException, JobFailedException, NotReadyException, InterruptedException {
        return handler.work(new FailingHold(hold));
    }

    @Override
    public Conclusion conclude(Hold hold, Ending ending) throws InterruptedException {
        return handler.conclude(hold, ending);
    }

    private final class FailingHold implements Hold {
        private final Hold hold;

        FailingHold(Hold hold) {
            this.hold = hold;
        }

        @Override
        public Name id() {
            return hold.id();
        }

        @Override
        public Job job() {
            return hold.job();
        }

        @Override
        public Retry retry() {
            return hold.retry();
        }

        @Override
        public void record(Object state, Optional<Event> event) throws HoldEndedException, InterruptedException {
            boolean here = event.filter(told -> told.type().equals(eventType)).isPresent();
            if (here && failed.compareAndSet(false, true)) {
                throw new IllegalStateException("broken on purpose");
            }
            hold.record(state, event);
        }

        @Override
        public void tell(String eventId, Event event) throws InterruptedException {
            hold.tell(eventId, event);
        }

        @Override
        public void advanced(JsonNode progress) {
            hold.advanced(progress);
        }

        @Override
        public void check() throws HoldEndedException {
            hold.check();
        }
    }
}
