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

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.journal.Append;
import io.catwalk.journal.Draft;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.Event;
import io.catwalk.journal.EventSink;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a kind's open jobs, oldest first, and takes what it may: a job that nobody holds or whose holder is gone, when it
 * is ready and a slot is free; without a slot one that is only to be ended, told or closed.
 */
public final class JobRunner {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    private final Jobs jobs;
    private final JobHandler handler;
    private final EventSink sink;
    private final JobSettings settings;
    private final JobObserver observer;
    private final Runnable onStall;
    private final HeartbeatWatch watch;
    private final Semaphore slots;
    private final Semaphore nudges = new Semaphore(0);
    private final Map<Name, Holding> held = new ConcurrentHashMap<>();
    private final Thread looker;
    private volatile boolean closing;

    /** @param onStall ends the process: a holder whose work hangs can't stop it otherwise */
    public JobRunner(Jobs jobs, JobHandler handler, EventSink sink, JobSettings settings, Runnable onStall) {
        this(jobs, handler, sink, settings, JobObserver.NONE, onStall);
    }

    /** @param onStall ends the process: a holder whose work hangs can't stop it otherwise */
    public JobRunner(
            Jobs jobs,
            JobHandler handler,
            EventSink sink,
            JobSettings settings,
            JobObserver observer,
            Runnable onStall) {
        this.jobs = jobs;
        this.handler = handler;
        this.sink = sink;
        this.settings = settings;
        this.observer = observer;
        this.onStall = onStall;
        this.watch = new HeartbeatWatch(jobs, settings.missed(), settings.poll(), System::nanoTime);
        this.slots = new Semaphore(settings.slots());
        this.looker = Thread.ofPlatform()
                .daemon()
                .name("look-at-" + jobs.kind().folder())
                .unstarted(this::lookOnAndOn);
    }

    public void start() {
        looker.start();
    }

    /** Makes the next look come now. */
    public void nudge() {
        nudges.release();
    }

    /** The jobs in this process's hands. */
    public List<Name> held() {
        return List.copyOf(held.keySet());
    }

    /** What the work of a job in this process's hands shows right now. */
    public Optional<JsonNode> progress(Name id) {
        return Optional.ofNullable(held.get(id)).map(holding -> holding.progress());
    }

    /** Gives every job back, as soon as its work has kept what is worth keeping. */
    public void stop() throws InterruptedException {
        closing = true;
        looker.interrupt();
        looker.join();
        List<Holding> last = new ArrayList<>(held.values());
        last.forEach(Holding::release);
        for (Holding holding : last) {
            holding.awaitEnd();
        }
    }

    private void lookOnAndOn() {
        while (!closing) {
            try {
                look();
            } catch (StoreUnavailableException | StoreRefusedException e) {
                LOG.warn("can't look at {}: {}", jobs.kind().folder(), e.getMessage());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("can't look at {} until the next look", jobs.kind().folder(), e);
            }
            long poll = settings.poll().toNanos();
            try {
                if (nudges.tryAcquire(
                        poll / 2 + ThreadLocalRandom.current().nextLong(poll / 2 + 1), TimeUnit.NANOSECONDS)) {
                    nudges.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** One look at all open jobs. */
    void look() throws InterruptedException {
        List<Name> open = jobs.open();
        observer.looked(open.size());
        watch.retain(open);
        jobs.indexAll(open);
        for (Name id : open) {
            if (!closing && !held.containsKey(id)) {
                try {
                    consider(id);
                } catch (UnknownEntryException e) {
                    LOG.warn("leaving {} alone: {}", id, e.getMessage());
                } catch (StoreUnavailableException | StoreRefusedException e) {
                    throw e;
                } catch (RuntimeException e) {
                    LOG.error("leaving {} alone until the next look", id, e);
                }
            }
        }
    }

    private void consider(Name id) throws InterruptedException {
        Optional<Job> found = jobs.find(id);
        if (found.isEmpty()) {
            return;
        }
        Job job = found.get();
        if (job.closed()) {
            jobs.indexClosed(job);
            jobs.unmark(id);
            return;
        }
        if (job.fold().holder().isPresent() && !watch.isLost(job)) {
            return;
        }
        Optional<Instant> deadline = deadline(job);
        Optional<Ending> ending = ending(job, deadline);
        if (job.fold().result().isPresent()) {
            take(job, job.fold().state(), Optional.empty(), false).ifPresent(taken -> begin(taken, taken::tellAll));
        } else if (ending.isPresent()) {
            end(job, ending.get());
        } else {
            workIfReady(job, deadline);
        }
    }

    private void workIfReady(Job job, Optional<Instant> deadline) throws InterruptedException {
        switch (handler.readiness(job)) {
            case Readiness.Ready(JsonNode state, Optional<Event> event) -> {
                if (slots.tryAcquire()) {
                    Optional<Holding> holding = take(job, state, event, true, deadline);
                    holding.ifPresentOrElse(taken -> begin(taken, () -> work(taken)), slots::release);
                }
            }
            case Readiness.Waiting(String reason) -> LOG.debug("{} waits: {}", job.id(), reason);
            case Readiness.Unmeetable(String reason) -> end(job, new Ending.Refused(reason));
        }
    }

    private void end(Job job, Ending ending) throws InterruptedException {
        take(job, job.fold().state(), Optional.empty(), false)
                .ifPresent(taken -> begin(taken, () -> {
                    if (taken.conclude(ending)) {
                        tell(taken);
                    }
                }));
    }

    /** Works, frees the slot, and then tells for as long as it takes. */
    private void work(Holding taken) throws InterruptedException {
        boolean concluded;
        try {
            concluded = taken.work();
        } finally {
            slots.release();
            nudge();
        }
        if (concluded) {
            tell(taken);
        }
    }

    private void tell(Holding concluded) throws InterruptedException {
        observer.concluded(concluded.outcome());
        concluded.tellAll();
    }

    private void begin(Holding taken, Holding.Task task) {
        taken.begin(task, () -> {
            held.remove(taken.id());
            nudge();
        });
    }

    private Optional<Ending> ending(Job job, Optional<Instant> deadline) {
        JobFold fold = job.fold();
        if (fold.cancelled().isPresent()) {
            return Optional.of(new Ending.Cancelled(fold.cancelled().get()));
        }
        if (deadline.isPresent() && jobs.store().time().isAfter(deadline.get())) {
            return Optional.of(Holding.deadlineExceeded(handler, job));
        }
        int lost = fold.holder().isPresent() ? fold.lost() + 1 : fold.lost();
        if (lost > settings.maxLost()) {
            return Optional.of(
                    new Ending.HoldersLost(settings.maxLost() + " takeovers by lost heartbeat brought no progress"));
        }
        return Optional.empty();
    }

    private Optional<Instant> deadline(Job job) {
        return handler.deadline(job)
                .flatMap(limit -> jobs.journal(job.id())
                        .read(1)
                        .map(first -> first.appended().plus(limit)));
    }

    private Optional<Holding> take(Job job, JsonNode state, Optional<Event> event, boolean forWork)
            throws InterruptedException {
        return take(job, state, event, forWork, Optional.empty());
    }

    private Optional<Holding> take(
            Job job, JsonNode state, Optional<Event> event, boolean forWork, Optional<Instant> deadline)
            throws InterruptedException {
        long number = job.newest().number() + 1;
        long told = job.newest().entry().told();
        JobFold fold = job.fold().taken(new JobFold.Holder(number, jobs.writer()), forWork, state);
        Draft draft = new Draft(EntryKind.TAKEN, told, event, JournalJson.tree(fold));
        if (!(jobs.journal(job.id()).append(number - 1, draft) instanceof Append.Done(Numbered entry))) {
            return Optional.empty();
        }
        Outbox outbox = new Outbox(sink, settings.retry(), told, "tell-" + job.id());
        settings.retry().untilAnswered(() -> jobs.journal(job.id()).after(told)).stream()
                .filter(earlier -> earlier.number() <= number)
                .forEach(outbox::add);
        HeldJob heldJob =
                new HeldJob(jobs, Job.of(job.id(), entry), outbox, settings.retry(), deadline, System.nanoTime());
        Holding holding = new Holding(jobs, handler, settings, heldJob, outbox, onStall);
        held.put(job.id(), holding);
        return Optional.of(holding);
    }
}
