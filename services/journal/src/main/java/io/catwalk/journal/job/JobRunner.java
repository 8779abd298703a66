package io.catwalk.journal.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.journal.Event;
import io.catwalk.journal.EventSink;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
import io.catwalk.supervision.Supervisor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls a kind's open jobs, oldest first, and claims what it may: a job without a live lease holder, when it is ready and a
 * slot is free; without a slot one that is only to be ended, published or closed.
 *
 * <p>A job that can't be read, checked, claimed or ended is left alone for a while by itself, and comes after all others then.
 * A poll makes no call again, and ends early when several jobs in a row can't be read: then the store is away.
 */
public final class JobRunner {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final int MAX_FAILURES_IN_A_ROW = 3;
    private static final int MAX_WITHOUT_SLOT = 64;

    private final Jobs jobs;
    private final JobHandler handler;
    private final JobSettings settings;
    private final JobObserver observer;
    private final FailureText failureText;
    private final Supervisor supervisor;
    private final Runnable onStall;
    private final Claim claim;
    private final HeartbeatWatch watch;
    private final Backoff backoff;
    private final Semaphore slots;
    private final Semaphore withoutSlot = new Semaphore(MAX_WITHOUT_SLOT);
    private final Semaphore nudges = new Semaphore(0);
    private final Map<Name, JobWorker> workers = new ConcurrentHashMap<>();
    private final Thread poller;
    private volatile boolean closing;

    /**
     * Says of failures no more than {@link FailureText#OPAQUE}.
     *
     * @param onStall ends the process: a lease holder whose work hangs can't stop it otherwise
     */
    public JobRunner(Jobs jobs, JobHandler handler, EventSink sink, JobSettings settings, Runnable onStall) {
        this(jobs, handler, sink, settings, JobObserver.NONE, FailureText.OPAQUE, onStall);
    }

    /** @param onStall ends the process: a lease holder whose work hangs can't stop it otherwise */
    public JobRunner(
            Jobs jobs,
            JobHandler handler,
            EventSink sink,
            JobSettings settings,
            JobObserver observer,
            FailureText failureText,
            Runnable onStall) {
        this(jobs, handler, sink, settings, observer, failureText, Supervisor.ofProcess(), onStall);
    }

    /**
     * @param supervisor of all threads of this runner and of its jobs
     * @param onStall ends the process: a lease holder whose work hangs can't stop it otherwise
     */
    public JobRunner(
            Jobs jobs,
            JobHandler handler,
            EventSink sink,
            JobSettings settings,
            JobObserver observer,
            FailureText failureText,
            Supervisor supervisor,
            Runnable onStall) {
        this.jobs = jobs;
        this.handler = handler;
        this.settings = settings;
        this.observer = observer;
        this.failureText = failureText;
        this.supervisor = supervisor;
        this.onStall = onStall;
        this.claim = new Claim(jobs, sink, settings.retry(), supervisor, System::nanoTime);
        this.watch = new HeartbeatWatch(jobs, settings.missed(), settings.poll(), System::nanoTime);
        this.backoff = new Backoff(settings.poll(), System::nanoTime);
        this.slots = new Semaphore(settings.slots());
        this.poller = supervisor.unstarted("poll-" + jobs.kind().folder(), this::pollLoop);
    }

    public void start() {
        poller.start();
    }

    /** Makes the next poll come now. */
    public void nudge() {
        nudges.release();
    }

    /** The jobs that this process has claimed, or is about to. */
    public List<Name> claimed() {
        return List.copyOf(workers.keySet());
    }

    /** What the work of a job that this process has claimed shows right now. */
    public Optional<JsonNode> progress(Name id) {
        return Optional.ofNullable(workers.get(id)).flatMap(JobWorker::progress);
    }

    /** Gives every job back, as soon as its work has kept what is worth keeping. */
    public void stop() throws InterruptedException {
        closing = true;
        poller.interrupt();
        poller.join();
        List<JobWorker> last = new ArrayList<>(workers.values());
        last.forEach(JobWorker::release);
        for (JobWorker worker : last) {
            worker.awaitEnd();
        }
    }

    private void pollLoop() throws InterruptedException {
        while (!closing) {
            try {
                poll();
            } catch (StoreUnavailableException | StoreRefusedException e) {
                LOG.warn("can't poll {}: {}", jobs.kind().folder(), e.getMessage());
            }
            long poll = settings.poll().toNanos();
            if (nudges.tryAcquire(
                    poll / 2 + ThreadLocalRandom.current().nextLong(poll / 2 + 1), TimeUnit.NANOSECONDS)) {
                nudges.drainPermits();
            }
        }
    }

    /** Polls all open jobs once. */
    private void poll() {
        List<Name> open = jobs.open();
        watch.retain(open);
        backoff.retain(open);
        jobs.indexAll(open);
        int failures = 0;
        for (Name id : lastFailed(open)) {
            if (closing || failures == MAX_FAILURES_IN_A_ROW) {
                break;
            }
            if (!workers.containsKey(id) && !backoff.waits(id)) {
                failures = tryToConsider(id) ? 0 : failures + 1;
            }
        }
        observer.polled(open.size(), backoff.failing());
    }

    /** In their order, but those last with which this process failed: they delay no other. */
    private List<Name> lastFailed(List<Name> open) {
        Map<Boolean, List<Name>> byFailure = open.stream().collect(Collectors.partitioningBy(backoff::hasFailed));
        return Stream.concat(byFailure.get(false).stream(), byFailure.get(true).stream())
                .toList();
    }

    /** False when the store gave no answer. */
    private boolean tryToConsider(Name id) {
        try {
            Optional<Job> free = free(id);
            if (free.isEmpty() || !tryToClaim(free.get())) {
                backoff.succeeded(id);
            }
            return true;
        } catch (StoreUnavailableException | StoreRefusedException e) {
            backoff.failed(id);
            LOG.warn("leaving {} alone for a while: {}", id, e.getMessage());
            return false;
        } catch (UnknownEntryException e) {
            backoff.failed(id);
            LOG.warn("leaving {} alone for a while: {}", id, e.getMessage());
            return true;
        } catch (RuntimeException e) {
            backoff.failed(id);
            LOG.error("leaving {} alone for a while", id, e);
            return true;
        }
    }

    /** A job, if it has no live lease holder. */
    private Optional<Job> free(Name id) {
        Optional<Job> found = jobs.find(id);
        if (found.filter(Job::closed).isPresent()) {
            jobs.indexClosed(found.get());
            jobs.unmark(id);
            return Optional.empty();
        }
        return found.filter(job -> job.fold().holder().isEmpty() || claim.isOwn(job) || watch.isLost(job));
    }

    /** Whether it was tried: then it shows by itself what becomes of it. */
    private boolean tryToClaim(Job job) {
        Optional<Instant> deadline = deadline(job);
        Optional<Termination> ending = ending(job, deadline);
        if (job.fold().result().isPresent()) {
            return begin(job, Claim.Terms.withoutWork(job), (work, slot) -> work.publishAll(), withoutSlot);
        }
        if (ending.isPresent()) {
            return end(job, ending.get());
        }
        return !backoff.waitsAfterRelease(job) && workIfReady(job, deadline);
    }

    private boolean workIfReady(Job job, Optional<Instant> deadline) {
        return switch (handler.readiness(job)) {
            case Readiness.Ready(JsonNode state, Optional<Event> event) ->
                begin(job, new Claim.Terms(true, state, event, deadline), this::work, slots);
            case Readiness.Waiting(String reason) -> {
                LOG.debug("{} waits: {}", job.id(), reason);
                yield false;
            }
            case Readiness.Unmeetable(String reason) -> end(job, new Termination.Refused(reason));
        };
    }

    private boolean end(Job job, Termination ending) {
        return begin(job, Claim.Terms.withoutWork(job), (work, slot) -> end(work, ending), withoutSlot);
    }

    private void end(JobWork work, Termination ending) throws InterruptedException {
        if (work.end(ending)) {
            publish(work);
        }
    }

    /** Works, frees the slot, decides its outcome, and then publishes for as long as it takes. */
    private void work(JobWork work, Slot slot) throws InterruptedException {
        JobWork.Outcome outcome = work.work();
        slot.free();
        nudge();
        if (work.settle(outcome)) {
            publish(work);
        }
    }

    private void publish(JobWork concluded) throws InterruptedException {
        observer.concluded(concluded.result());
        concluded.publishAll();
    }

    /** False when no permit is free. */
    private boolean begin(Job job, Claim.Terms terms, Task task, Semaphore permits) {
        if (!permits.tryAcquire()) {
            return false;
        }
        JobWorker worker = new JobWorker(new Part(job, terms, task, new Slot(permits)), settings, supervisor);
        workers.put(job.id(), worker);
        worker.start();
        return true;
    }

    private Optional<Termination> ending(Job job, Optional<Instant> deadline) {
        JobFold fold = job.fold();
        if (fold.cancelled().isPresent()) {
            return Optional.of(new Termination.Cancelled(fold.cancelled().get()));
        }
        if (deadline.isPresent() && jobs.store().time().isAfter(deadline.get())) {
            return Optional.of(JobWork.deadlineExceeded(handler, job));
        }
        if (fold.lostWhenClaimedBy(jobs.writer()) > settings.maxLost()) {
            return Optional.of(new Termination.HoldersLost(
                    settings.maxLost() + " takeovers by lost heartbeat brought no progress"));
        }
        return fold.failures()
                .filter(failures -> failures.releases() >= settings.maxFailures())
                .map(failures -> new Termination.Failed(
                        "given back %d times in a row without progress, the last time because: %s"
                                .formatted(failures.releases(), failures.reason())));
    }

    private Optional<Instant> deadline(Job job) {
        return handler.deadline(job)
                .flatMap(limit -> jobs.journal(job.id())
                        .read(1)
                        .map(first -> first.appended().plus(limit)));
    }

    private final class Part implements JobWorker.Part {
        private final Job job;
        private final Claim.Terms terms;
        private final Task task;
        private final Slot slot;

        Part(Job job, Claim.Terms terms, Task task, Slot slot) {
            this.job = job;
            this.terms = terms;
            this.task = task;
            this.slot = slot;
        }

        @Override
        public Name id() {
            return job.id();
        }

        @Override
        public Optional<ClaimedJob> claim() throws InterruptedException {
            return claim.make(job, terms);
        }

        @Override
        public JobWork work(ClaimedJob claimed) {
            return new JobWork(jobs, handler, claimed, failureText);
        }

        @Override
        public void run(JobWork work) throws InterruptedException {
            task.run(work, slot);
        }

        @Override
        public void stalled() {
            onStall.run();
        }

        @Override
        public void ended(boolean failed) {
            if (failed) {
                backoff.failed(job.id());
            } else {
                backoff.succeeded(job.id());
            }
            workers.remove(job.id());
            slot.free();
            nudge();
        }
    }

    /** A permit that is given back once. */
    private static final class Slot {
        private final Semaphore permits;
        private final AtomicBoolean free = new AtomicBoolean();

        Slot(Semaphore permits) {
            this.permits = permits;
        }

        void free() {
            if (free.compareAndSet(false, true)) {
                permits.release();
            }
        }
    }

    private interface Task {
        void run(JobWork work, Slot slot) throws InterruptedException;
    }
}
