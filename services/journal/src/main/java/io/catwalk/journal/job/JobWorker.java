package io.catwalk.journal.job;

import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
import io.catwalk.supervision.Supervisor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One job in this process's hands: the thread that claims it, works on it and tells of it, and the heartbeat beside it. An
 * {@link Error} in one of them ends the process, as nothing in it can be relied on any more: another replica takes the job.
 */
final class JobWorker {
    private static final Logger LOG = LoggerFactory.getLogger(JobWorker.class);
    private static final Duration TELLING_GRACE = Duration.ofSeconds(2);

    private final Name id;
    private final JobSettings settings;
    private final Supervisor supervisor;
    private final Runnable onStall;
    private volatile Thread worker = Thread.currentThread();
    private volatile @Nullable ClaimedJob job;
    private volatile @Nullable JobWork work;
    private volatile boolean releasing;

    JobWorker(Name id, JobSettings settings, Supervisor supervisor, Runnable onStall) {
        this.id = id;
        this.settings = settings;
        this.supervisor = supervisor;
        this.onStall = onStall;
    }

    /** What the work last showed, once the job is claimed. */
    Optional<JsonNode> progress() {
        return Optional.ofNullable(job).map(claimed -> claimed.work().progress());
    }

    /** The work is to stop soon, and the job to be given back. */
    void release() {
        releasing = true;
        Optional.ofNullable(job).ifPresent(ClaimedJob::release);
    }

    /** Starts the job's threads. */
    void begin(Part part) {
        worker = supervisor.unstarted("work-" + id, () -> run(part));
        worker.start();
    }

    /** Waits for the work to stop, as long as it takes, and for the telling, a moment. */
    void awaitEnd() throws InterruptedException {
        Duration look = Duration.ofMillis(50);
        while (isBusy() && !worker.join(look)) {
            LOG.debug("waiting for the work on {}", id);
        }
        if (!worker.join(TELLING_GRACE)) {
            worker.interrupt();
            worker.join();
        }
    }

    private boolean isBusy() {
        JobWork going = work;
        return going != null && (going.isWorking() || going.isDeciding());
    }

    private void run(Part part) {
        MDC.put("job", id.value());
        boolean failed = false;
        try {
            Optional<ClaimedJob> claimed = part.claim();
            if (claimed.isPresent()) {
                failed = !lease(claimed.get(), part);
            }
        } catch (InterruptedException e) {
            LOG.info("stopped before {} was claimed", id);
        } catch (UnknownEntryException | StoreUnavailableException | StoreRefusedException e) {
            failed = true;
            LOG.warn("can't claim {}: {}", id, e.getMessage());
        } catch (RuntimeException e) {
            failed = true;
            LOG.error("can't claim {}", id, e);
        }
        part.ended(failed);
    }

    /** False when it failed. */
    private boolean lease(ClaimedJob claimed, Part part) {
        job = claimed;
        claimed.log(claimed.job().newest());
        if (releasing) {
            leave(claimed);
            claimed.stopPublishing();
            return true;
        }
        JobWork going = part.work(claimed);
        work = going;
        Thread heart = supervisor.start("heart-" + id, () -> heartbeatLoop(claimed, going));
        boolean succeeded = run(claimed, going, part);
        heart.interrupt();
        claimed.stopPublishing();
        return succeeded;
    }

    private boolean run(ClaimedJob claimed, JobWork going, Part part) {
        try {
            part.run(going);
            return true;
        } catch (InterruptedException e) {
            LOG.info("stopped before all of {} was published; another replica goes on", id);
            return true;
        } catch (RuntimeException e) {
            LOG.error("leaving {} alone", id, e);
            leave(claimed);
            return false;
        }
    }

    /** So that a replica that can go on, as one of a later release, need not wait for the heartbeat to be missed. */
    private void leave(ClaimedJob claimed) {
        try {
            claimed.giveBack(Optional.empty());
        } catch (InterruptedException | RuntimeException e) {
            LOG.warn("{} isn't given back: {}", id, e.getMessage());
        }
    }

    private void heartbeatLoop(ClaimedJob claimed, JobWork going) throws InterruptedException {
        for (long beats = 1; ; beats++) {
            if (going.isWorking() && claimed.work().idle(System.nanoTime()).compareTo(settings.stall()) > 0) {
                LOG.error("the work on {} hasn't got on for {}; exiting", id, settings.stall());
                onStall.run();
                return;
            }
            beat(claimed, beats);
            Thread.sleep(settings.poll());
        }
    }

    private void beat(ClaimedJob claimed, long beats) {
        try {
            claimed.beat(beats);
        } catch (StoreUnavailableException | StoreRefusedException e) {
            if (!Thread.currentThread().isInterrupted()) {
                LOG.warn("no heartbeat for {}: {}", id, e.getMessage());
            }
        }
    }

    /** What is done with the job, on the worker thread. */
    interface Part {
        /** None when another replica came first. */
        Optional<ClaimedJob> claim() throws InterruptedException;

        JobWork work(ClaimedJob claimed);

        void run(JobWork work) throws InterruptedException;

        /** @param failed whether this process failed with the job */
        void ended(boolean failed);
    }
}
