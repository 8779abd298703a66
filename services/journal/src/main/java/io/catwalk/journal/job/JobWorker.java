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
 * The threads of one job in this process: one claims it, works on it and publishes its events, the other writes its
 * heartbeats. An {@link Error} in one of them ends the process, and another replica claims the job.
 */
final class JobWorker {
    private static final Logger LOG = LoggerFactory.getLogger(JobWorker.class);
    private static final Duration PUBLISHING_GRACE = Duration.ofSeconds(2);
    private static final Duration END_POLL = Duration.ofMillis(50);

    private final Name id;
    private final Part part;
    private final JobSettings settings;
    private final Supervisor supervisor;
    private final Thread worker;
    private volatile @Nullable ClaimedJob job;
    private volatile @Nullable JobWork work;
    private volatile boolean releasing;

    JobWorker(Part part, JobSettings settings, Supervisor supervisor) {
        this.id = part.id();
        this.part = part;
        this.settings = settings;
        this.supervisor = supervisor;
        this.worker = supervisor.unstarted("work-" + id, this::run);
    }

    /** What the work last showed, once the job is claimed. */
    Optional<JsonNode> progress() {
        return Optional.ofNullable(job).map(claimed -> claimed.work().progress());
    }

    /** Asks the work to stop soon, and the job to be given back. */
    void release() {
        releasing = true;
        Optional.ofNullable(job).ifPresent(ClaimedJob::release);
    }

    void start() {
        worker.start();
    }

    /** Waits for the work to stop, as long as it takes, and for the publishing, 2 s at most. */
    void awaitEnd() throws InterruptedException {
        while (isBusy() && !worker.join(END_POLL)) {
            LOG.debug("waiting for the work on {}", id);
        }
        if (!worker.join(PUBLISHING_GRACE)) {
            worker.interrupt();
            worker.join();
        }
    }

    private boolean isBusy() {
        JobWork current = work;
        return current != null && (current.isWorking() || current.isDeciding());
    }

    private void run() {
        MDC.put("job", id.value());
        boolean failed = false;
        try {
            Optional<ClaimedJob> claimed = part.claim();
            if (claimed.isPresent()) {
                failed = !run(claimed.get());
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
    private boolean run(ClaimedJob claimed) {
        job = claimed;
        claimed.log(claimed.job().newest());
        if (releasing) {
            giveBack(claimed);
            claimed.stopPublishing();
            return true;
        }
        JobWork current = part.work(claimed);
        work = current;
        Thread heartbeats = supervisor.start("heartbeat-" + id, () -> heartbeatLoop(claimed, current));
        boolean succeeded = run(claimed, current);
        heartbeats.interrupt();
        claimed.stopPublishing();
        return succeeded;
    }

    private boolean run(ClaimedJob claimed, JobWork current) {
        try {
            part.run(current);
            return true;
        } catch (InterruptedException e) {
            LOG.info("stopped before all of {} was published; another replica continues", id);
            return true;
        } catch (RuntimeException e) {
            LOG.error("leaving {} alone", id, e);
            giveBack(claimed);
            return false;
        }
    }

    /** A replica that can continue, as one of a later release, then need not wait until heartbeats are missed. */
    private void giveBack(ClaimedJob claimed) {
        try {
            claimed.giveBack(Optional.empty());
        } catch (InterruptedException | RuntimeException e) {
            LOG.warn("{} isn't given back: {}", id, e.getMessage());
        }
    }

    private void heartbeatLoop(ClaimedJob claimed, JobWork current) throws InterruptedException {
        for (long count = 1; ; count++) {
            if (current.isWorking() && claimed.work().idle(System.nanoTime()).compareTo(settings.stall()) > 0) {
                LOG.error("the work on {} has made no progress for {}; exiting", id, settings.stall());
                part.stalled();
                return;
            }
            heartbeat(claimed, count);
            Thread.sleep(settings.poll());
        }
    }

    private void heartbeat(ClaimedJob claimed, long count) {
        try {
            claimed.heartbeat(count);
        } catch (StoreUnavailableException | StoreRefusedException e) {
            if (!Thread.currentThread().isInterrupted()) {
                LOG.warn("no heartbeat for {}: {}", id, e.getMessage());
            }
        }
    }

    /** What is done with the job; on the worker thread unless stated otherwise. */
    interface Part {
        Name id();

        /** None when another replica came first. */
        Optional<ClaimedJob> claim() throws InterruptedException;

        JobWork work(ClaimedJob claimed);

        void run(JobWork work) throws InterruptedException;

        /** Ends the process, as the work hangs; on the heartbeat thread. */
        void stalled();

        /** @param failed whether this process failed with the job */
        void ended(boolean failed);
    }
}
