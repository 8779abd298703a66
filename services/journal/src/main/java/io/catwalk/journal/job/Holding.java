package io.catwalk.journal.job;

import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** One job in this process's hands: the thread that works on it and tells of it, and the heartbeat beside it. */
final class Holding {
    private static final Logger LOG = LoggerFactory.getLogger(Holding.class);
    private static final Duration TELLING_GRACE = Duration.ofSeconds(2);

    private final Jobs jobs;
    private final JobHandler handler;
    private final JobSettings settings;
    private final HeldJob job;
    private final Outbox outbox;
    private final Runnable onStall;
    private final Thread heart;
    private volatile Thread worker = Thread.currentThread();
    private volatile boolean working;

    Holding(Jobs jobs, JobHandler handler, JobSettings settings, HeldJob job, Outbox outbox, Runnable onStall) {
        this.jobs = jobs;
        this.handler = handler;
        this.settings = settings;
        this.job = job;
        this.outbox = outbox;
        this.onStall = onStall;
        this.heart = Thread.ofPlatform().daemon().name("heart-" + job.id()).unstarted(this::beatOnAndOn);
    }

    Name id() {
        return job.id();
    }

    JsonNode progress() {
        return job.work().progress();
    }

    /** The work is to stop soon, and the job to be given back. */
    void release() {
        job.release();
    }

    /** Starts the job's threads. */
    void begin(Task task, Runnable atEnd) {
        worker = Thread.ofPlatform().name("work-" + id()).unstarted(() -> run(task, atEnd));
        heart.start();
        worker.start();
    }

    /** Waits for the work to stop, as long as it takes, and for the telling, a moment. */
    void awaitEnd() throws InterruptedException {
        Duration look = Duration.ofMillis(50);
        while (busy() && !worker.join(look)) {
            LOG.debug("waiting for the work on {}", id());
        }
        if (!worker.join(TELLING_GRACE)) {
            worker.interrupt();
            worker.join();
        }
    }

    /** Does the work and decides its result; false when this process wrote none. */
    boolean work() throws InterruptedException {
        working = true;
        try {
            Optional<Conclusion> conclusion = conclusion();
            return conclusion.isPresent() && job.conclude(conclusion.get());
        } finally {
            working = false;
        }
    }

    /** Ends the job without work. */
    boolean conclude(Ending ending) throws InterruptedException {
        return job.conclude(handler.conclude(job, ending));
    }

    /** Of a job that has its result. */
    JobResult.Outcome outcome() {
        return job.job().fold().result().orElseThrow().outcome();
    }

    /** Waits until everything is told, and closes the job. */
    void tellAll() throws InterruptedException {
        job.close();
        Optional<Job> closed = job.retry().untilAnswered(() -> jobs.find(id())).filter(Job::closed);
        if (closed.isPresent()) {
            jobs.indexClosed(closed.get());
            jobs.unmark(id());
        }
    }

    static Ending.DeadlineExceeded deadlineExceeded(JobHandler handler, Job job) {
        String limit = handler.deadline(job).map(Duration::toString).orElse("its deadline");
        return new Ending.DeadlineExceeded("not ended within " + limit + " of its acceptance");
    }

    private void run(Task task, Runnable atEnd) {
        MDC.put("job", id().value());
        job.log(job.job().newest());
        try {
            task.run();
        } catch (InterruptedException e) {
            LOG.info("stopped before all of {} was told; another replica goes on", id());
        } catch (UnknownEntryException | StoreRefusedException e) {
            LOG.error("leaving {} alone", id(), e);
        } finally {
            heart.interrupt();
            outbox.close();
            atEnd.run();
        }
    }

    private Optional<Conclusion> conclusion() throws InterruptedException {
        try {
            return Optional.of(handler.work(job));
        } catch (HoldEndedException e) {
            return afterHoldEnded(e);
        } catch (JobFailedException e) {
            return Optional.of(handler.conclude(job, e.ending()));
        } catch (StoreUnavailableException | StoreRefusedException e) {
            LOG.warn("giving {} back: {}", id(), e.getMessage());
            job.giveBack();
            return Optional.empty();
        } catch (UnknownEntryException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.error("the work on {} failed", id(), e);
            return Optional.of(handler.conclude(job, new Ending.Failed(e.toString())));
        }
    }

    private Optional<Conclusion> afterHoldEnded(HoldEndedException e) throws InterruptedException {
        return switch (e.why()) {
            case LOST -> {
                LOG.warn("{} was taken by another replica; its work here ends", id());
                yield Optional.empty();
            }
            case RELEASE -> {
                job.giveBack();
                yield Optional.empty();
            }
            case CANCELLED -> Optional.of(handler.conclude(job, cancelled(job.job())));
            case DEADLINE_EXCEEDED -> Optional.of(handler.conclude(job, deadlineExceeded(handler, job.job())));
        };
    }

    private static Ending cancelled(Job job) {
        return new Ending.Cancelled(job.fold().cancelled().orElse(""));
    }

    /** Telling is not work: it may take as long as the broker is away, and at the end another replica tells as well. */
    private boolean busy() {
        return working && !job.telling();
    }

    private void beatOnAndOn() {
        try {
            for (long beats = 1; ; beats++) {
                if (busy() && job.work().idle(System.nanoTime()).compareTo(settings.stall()) > 0) {
                    LOG.error("the work on {} hasn't got on for {}; exiting", id(), settings.stall());
                    onStall.run();
                    return;
                }
                beat(beats);
                Thread.sleep(settings.poll());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat(long beats) {
        try {
            job.beat(beats);
        } catch (StoreUnavailableException | StoreRefusedException | UnknownEntryException e) {
            if (!Thread.currentThread().isInterrupted()) {
                LOG.warn("no heartbeat for {}: {}", id(), e.getMessage());
            }
        }
    }

    /** What the worker thread does. */
    @FunctionalInterface
    interface Task {
        void run() throws InterruptedException;
    }
}
