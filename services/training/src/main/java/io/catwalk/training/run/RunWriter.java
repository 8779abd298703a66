package io.catwalk.training.run;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.catwalk.journal.Event;
import io.catwalk.journal.Failpoint;
import io.catwalk.journal.job.Lease;
import io.catwalk.journal.job.LeaseEndedException;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
import io.catwalk.supervision.Supervisor;
import io.catwalk.training.checkpoint.CheckpointFolder;
import io.catwalk.training.checkpoint.StoredCheckpoint;
import io.catwalk.training.loop.EpochFigures;
import io.catwalk.training.tensorboard.WeightHistogram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.tensorflow.proto.GraphDef;

/**
 * Keeps a run's epochs and checkpoints, in order, on a thread of its own, so that a store that is slow or away doesn't
 * stop the training, on whose thread alone the methods are called. What waits is bounded by the run's epochs, each some
 * kilobytes, and two checkpoints: a newer one takes the place of one that waits, at the end, unless that is the best epoch's.
 *
 * <p>A checkpoint's bytes are stored, then a progress entry names it, and only then those are deleted that the entry
 * leaves out. An epoch's event file follows the epoch's entry, and comes before all that waits behind that epoch: a run
 * that resumes from a checkpoint so repeats the one epoch whose file may be missing, with the same weights.
 */
final class RunWriter {
    private static final Logger LOG = LoggerFactory.getLogger(RunWriter.class);

    private final Lease lease;
    private final RunPlan plan;
    private final CheckpointFolder checkpoints;
    private final RunEventFiles eventFiles;
    private final RunEvents events;
    private final BlockingQueue<Item> waiting = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> failed = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean abandoning;
    private volatile RunState state;

    /** @param state what stands when the writing begins */
    RunWriter(Lease lease, RunPlan plan, RunFolders folders, RunEvents events, RunState state) {
        this.lease = lease;
        this.plan = plan;
        this.checkpoints = folders.checkpoints();
        this.eventFiles = folders.eventFiles();
        this.events = events;
        this.state = state;
        this.thread = Supervisor.ofProcess().unstarted("keep-" + plan.request().runId(), this::writeAll);
    }

    void start() {
        thread.start();
    }

    /** What is recorded by now. */
    RunState state() {
        return state;
    }

    /** Shows the run's graph, unless that was done before a resume. */
    void open(GraphDef graph) {
        waiting.add(new GraphItem(graph));
    }

    /**
     * Records an epoch, unless that was done before a resume.
     *
     * @param best whether it is the best so far
     * @param weights after it
     */
    void record(EpochFigures figures, boolean best, List<WeightHistogram> weights) {
        waiting.add(new EpochItem(figures, best, weights));
    }

    /** Keeps a checkpoint, in place of one that still waits and isn't the best epoch's. */
    void keep(Capture capture) {
        waiting.removeIf(item -> item instanceof CaptureItem(Capture older) && (capture.best() || !older.best()));
        waiting.add(new CaptureItem(capture));
    }

    /** @throws LeaseEndedException as the lease threw it while something was recorded */
    void check() throws LeaseEndedException, InterruptedException {
        if (failed.isDone()) {
            switch (failed.exceptionNow()) {
                case LeaseEndedException e -> throw e;
                case InterruptedException e -> throw e;
                case RuntimeException e -> throw e;
                case Throwable e -> throw new IllegalStateException(e);
            }
        }
    }

    /**
     * Waits until all is kept, for as long as the store takes.
     *
     * @param stillWaiting called about once a second: the store's calls time out by themselves, so this is no stall
     * @throws LeaseEndedException as {@link #check} throws it
     */
    void drain(Runnable stillWaiting) throws LeaseEndedException, InterruptedException {
        CompletableFuture<Void> kept = new CompletableFuture<>();
        waiting.add(new DrainItem(kept));
        CompletableFuture<Object> drained = CompletableFuture.anyOf(failed, kept);
        while (!isDone(drained)) {
            stillWaiting.run();
        }
        check();
    }

    /** Gives up what still waits; what is being written is written to its end first, so that nobody appends beside it. */
    void end() throws InterruptedException {
        abandoning = true;
        waiting.clear();
        waiting.add(new EndItem());
        thread.join();
    }

    private static boolean isDone(CompletableFuture<?> future) throws InterruptedException {
        try {
            future.get(1, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            LOG.debug("a write failed", e);
        }
        return true;
    }

    private void writeAll() {
        MDC.put("job", plan.request().runId());
        try {
            Item item;
            do {
                item = waiting.take();
                write(item);
            } while (!(item instanceof EndItem));
        } catch (LeaseEndedException | InterruptedException | RuntimeException | AssertionError e) {
            failed.completeExceptionally(e);
        }
    }

    private void write(Item item) throws LeaseEndedException, InterruptedException {
        switch (item) {
            case GraphItem(GraphDef graph) -> keepEventFile("the graph", () -> eventFiles.open(graph));
            case EpochItem epoch -> writeEpoch(epoch);
            case CaptureItem(Capture capture) -> writeCheckpoint(capture);
            case DrainItem(CompletableFuture<Void> kept) -> kept.complete(null);
            case EndItem() -> LOG.debug("all is written");
        }
    }

    private void writeEpoch(EpochItem item) throws LeaseEndedException, InterruptedException {
        EpochFigures figures = item.figures();
        String shown = "epoch " + figures.epoch();
        if (figures.epoch() > state.epochs()) {
            RunState next = state.withEpoch(figures, item.best());
            Event published = events.epochCompleted(plan, figures);
            lease.record(next, Optional.of(published));
            state = next;
            keepEventFile(shown, () -> eventFiles.write(published, item.weights()));
        } else {
            keepEventFile(shown, () -> eventFiles.mend(figures.epoch(), item.weights()));
        }
    }

    /** A store that refuses it has it left out: a run is worth more than its pictures. */
    private void keepEventFile(String shown, Runnable keep) throws InterruptedException {
        Failpoint.reach("event-file.put.before");
        try {
            untilKept(keep);
        } catch (StoreRefusedException e) {
            LOG.warn("the event file of {} is left out: {}", shown, e.getMessage());
        }
        Failpoint.reach("event-file.put.after");
    }

    private void writeCheckpoint(Capture capture) throws LeaseEndedException, InterruptedException {
        byte[] bytes = capture.checkpoint().encode();
        Digest digest = Digest.of(bytes);
        if (store(digest, bytes)) {
            RunState before = state;
            RunState next =
                    before.withCheckpoint(new StoredCheckpoint(digest.toString(), capture.step(), bytes.length));
            lease.record(next, Optional.empty());
            state = next;
            delete(next.leftOutOf(before));
        }
    }

    /** False when it was given up before the store had it. */
    private boolean store(Digest digest, byte[] bytes) throws InterruptedException {
        Failpoint.reach("checkpoint.put.before");
        boolean kept = !abandoning && untilKept(() -> checkpoints.put(digest, bytes));
        Failpoint.reach("checkpoint.put.after");
        return kept;
    }

    /** Tries until the store has it, or until it is given up: then false. */
    private boolean untilKept(Runnable keep) throws InterruptedException {
        for (int failures = 0; failures == 0 || !abandoning; failures++) {
            try {
                keep.run();
                return true;
            } catch (StoreUnavailableException e) {
                LOG.warn("{}; trying again", e.getMessage());
                lease.retry().pause(failures);
            }
        }
        return false;
    }

    private void delete(List<StoredCheckpoint> superseded) {
        for (StoredCheckpoint checkpoint : superseded) {
            Failpoint.reach("checkpoint.delete.before");
            try {
                checkpoints.delete(checkpoint);
            } catch (StoreUnavailableException | StoreRefusedException e) {
                LOG.warn("checkpoint {} stays behind: {}", checkpoint.digest(), e.getMessage());
            }
            Failpoint.reach("checkpoint.delete.after");
        }
    }

    /** What is kept, or a mark behind it. */
    private sealed interface Item {}

    private record GraphItem(GraphDef graph) implements Item {}

    private record EpochItem(EpochFigures figures, boolean best, List<WeightHistogram> weights) implements Item {}

    private record CaptureItem(Capture capture) implements Item {}

    private record DrainItem(CompletableFuture<Void> kept) implements Item {}

    private record EndItem() implements Item {}
}
