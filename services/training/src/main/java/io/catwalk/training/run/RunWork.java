package io.catwalk.training.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

import io.catwalk.dataset.Splits;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.job.JobFailedException;
import io.catwalk.journal.job.Lease;
import io.catwalk.journal.job.LeaseEndedException;
import io.catwalk.journal.job.Termination;
import io.catwalk.network.checkpoint.UnusableCheckpointException;
import io.catwalk.network.checkpoint.Weights;
import io.catwalk.network.training.TrainingSession;
import io.catwalk.objectstore.Name;
import io.catwalk.training.checkpoint.CheckpointFolder;
import io.catwalk.training.checkpoint.RunCheckpoint;
import io.catwalk.training.checkpoint.StoredCheckpoint;
import io.catwalk.training.loop.DivergedException;
import io.catwalk.training.loop.EpochFigures;
import io.catwalk.training.loop.LoopProgress;
import io.catwalk.training.loop.Position;
import io.catwalk.training.loop.TrainingLoop;
import io.catwalk.training.tensorboard.WeightHistogram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One trainer's work on one run: resumes from the newest intact checkpoint, trains to the end, and keeps what a
 * successor needs.
 */
final class RunWork {
    private static final Logger LOG = LoggerFactory.getLogger(RunWork.class);
    private static final double NANOS = 1e9;
    private static final Duration SHOWN_EVERY = Duration.ofMillis(200);

    private final Lease lease;
    private final RunPlan plan;
    private final RunFolders folders;
    private final RunEvents events;
    private final RunObserver observer;
    private final LongSupplier nanoTime;
    private long lastKept;
    private long lastKeptStep = -1;
    private long lastShown;

    RunWork(
            Lease lease,
            RunPlan plan,
            RunFolders folders,
            RunEvents events,
            RunObserver observer,
            LongSupplier nanoTime) {
        this.lease = lease;
        this.plan = plan;
        this.folders = folders;
        this.events = events;
        this.observer = observer;
        this.nanoTime = nanoTime;
    }

    /**
     * Trains to the end.
     *
     * @param session with its first weights; stays the caller's
     * @param claimed what the run's journal says
     * @throws JobFailedException when another run's checkpoint, which is to be the first, can't be used
     * @throws DivergedException after all that was done before is recorded
     */
    Trained train(TrainingSession session, Splits splits, RunState claimed)
            throws LeaseEndedException, DivergedException, InterruptedException, JobFailedException {
        try {
            List<StoredCheckpoint> damaged = new ArrayList<>();
            Position start = resume(session, claimed, damaged);
            TrainingLoop loop = new TrainingLoop(session, plan.loop(), splits, start, nanoTime);
            RunWriter writer = new RunWriter(lease, plan, folders, events, claimed.without(damaged));
            writer.start();
            writer.open(session.graphDefinition());
            try {
                drive(session, loop, writer);
            } finally {
                writer.end();
            }
            double seconds = loop.position().totalNanos() / NANOS;
            EpochFigures ofModel = plan.loop().earlyStopping().isPresent()
                    ? best(session, writer.state())
                    : writer.state().latest().orElseThrow();
            return new Trained(writer.state(), ofModel, session.weights(), loop.progress(), seconds);
        } finally {
            observer.workEnded(plan.request());
        }
    }

    /**
     * The training's result.
     *
     * @param ofModel the epoch that the weights are from
     * @param progress at its end
     * @param seconds wall time of all steps
     */
    record Trained(RunState state, EpochFigures ofModel, Weights weights, LoopProgress progress, double seconds) {}

    /** Restores the newest intact checkpoint, and collects the damaged ones. */
    private Position resume(TrainingSession session, RunState claimed, List<StoredCheckpoint> damaged)
            throws InterruptedException, JobFailedException {
        for (StoredCheckpoint candidate : claimed.checkpoints().reversed()) {
            try {
                RunCheckpoint found =
                        lease.retry().untilAnswered(() -> folders.checkpoints().read(candidate));
                session.restore(found.state());
                lastKeptStep = candidate.step();
                LOG.info("resumes at step {}", candidate.step());
                return found.position();
            } catch (UnusableCheckpointException e) {
                LOG.warn("falls back from the checkpoint at step {}: {}", candidate.step(), e.getMessage());
                damaged.add(candidate);
            }
        }
        return claimed.origin().isPresent() ? takeOver(session, claimed.origin().get()) : Position.start();
    }

    /** Continues at another run's end; or begins with its weights, and leaves its optimizer's state and its place behind. */
    private Position takeOver(TrainingSession session, Origin origin) throws InterruptedException, JobFailedException {
        CheckpointFolder others = folders.checkpoints().of(new Name(origin.run()));
        boolean resumes = origin.resumed().isPresent();
        try {
            RunCheckpoint found = lease.retry().untilAnswered(() -> others.read(origin.checkpoint()));
            LOG.info("{} run {}", resumes ? "resumes" : "begins with the weights of", origin.run());
            if (resumes) {
                session.restore(found.state());
                return found.position();
            }
            session.begin(found.state());
            return Position.start();
        } catch (UnusableCheckpointException e) {
            throw new JobFailedException(new Termination.Refused("%s is %s, whose %s can't be used: %s"
                    .formatted(
                            resumes ? "resumeFrom" : "continueFrom",
                            origin.run(),
                            resumes ? "state" : "weights",
                            e.getMessage())));
        }
    }

    /** Goes back to the best epoch's weights; stays at the last one's where the best one's are damaged. */
    private EpochFigures best(TrainingSession session, RunState state) throws InterruptedException {
        EpochFigures best = state.best().orElseThrow();
        EpochFigures latest = state.latest().orElseThrow();
        if (best.epoch() == latest.epoch()) {
            return latest;
        }
        StoredCheckpoint checkpoint = state.bestCheckpoint().orElseThrow();
        try {
            session.restore(lease.retry()
                    .untilAnswered(() -> folders.checkpoints().read(checkpoint))
                    .state());
            LOG.info("uses the weights of epoch {}, the best", best.epoch());
            return best;
        } catch (UnusableCheckpointException e) {
            LOG.warn("uses the last epoch's weights, not the best one's: {}", e.getMessage());
            return latest;
        }
    }

    private void drive(TrainingSession session, TrainingLoop loop, RunWriter writer)
            throws LeaseEndedException, DivergedException, InterruptedException {
        lastKept = nanoTime.getAsLong();
        writer.state().latest().ifPresent(latest -> observer.epochDone(plan.request(), latest));
        try {
            while (!loop.isFinished()) {
                lease.check();
                writer.check();
                step(session, loop, writer);
            }
            keep(session, loop, writer, false);
            writer.drain(() -> show(loop));
        } catch (DivergedException e) {
            writer.drain(() -> show(loop));
            throw e;
        } catch (LeaseEndedException e) {
            if (e.why() == LeaseEndedException.Cause.RELEASE) {
                keep(session, loop, writer, false);
                writer.drain(() -> show(loop));
            }
            throw e;
        }
    }

    private void step(TrainingSession session, TrainingLoop loop, RunWriter writer) throws DivergedException {
        Optional<EpochFigures> ended = loop.advance(() -> show(loop));
        ended.ifPresent(figures -> {
            writer.record(figures, loop.isBest(figures), WeightHistogram.of(session.weights()));
            observer.epochDone(plan.request(), figures);
        });
        long now = nanoTime.getAsLong();
        if (now - lastShown >= SHOWN_EVERY.toNanos() && ended.isEmpty()) {
            lastShown = now;
            show(loop);
        }
        boolean due = now - lastKept >= plan.request().checkpointInterval().toNanos();
        boolean best = ended.filter(loop::isBest).isPresent();
        if (due || best) {
            keep(session, loop, writer, best);
        }
    }

    private void keep(TrainingSession session, TrainingLoop loop, RunWriter writer, boolean best) {
        long step = loop.step();
        if (step == lastKeptStep) {
            return;
        }
        var checkpoint = new RunCheckpoint(plan.request().seed(), loop.position(), session.capture());
        writer.keep(new Capture(checkpoint, step, best));
        lastKept = nanoTime.getAsLong();
        lastKeptStep = step;
    }

    private void show(TrainingLoop loop) {
        LoopProgress progress = loop.progress();
        lease.advanced(JournalJson.tree(progress));
        observer.progressed(plan.request(), progress);
    }
}
