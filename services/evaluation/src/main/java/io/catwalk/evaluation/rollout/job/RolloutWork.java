package io.catwalk.evaluation.rollout.job;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.catwalk.evaluation.rollout.job.RolloutHandler.RolloutParts;
import io.catwalk.evaluation.rollout.job.RolloutLabels.ReplacedException;
import io.catwalk.evaluation.rollout.job.RolloutState.Ending;
import io.catwalk.evaluation.rollout.job.RolloutState.Evidence;
import io.catwalk.evaluation.rollout.job.RolloutState.Outcome;
import io.catwalk.evaluation.rollout.judgement.Finding;
import io.catwalk.evaluation.rollout.judgement.Judgement;
import io.catwalk.evaluation.rollout.judgement.Verdict;
import io.catwalk.evaluation.rollout.replay.Replayed;
import io.catwalk.evaluation.rollout.window.Fleet;
import io.catwalk.evaluation.rollout.window.Fleet.Trouble;
import io.catwalk.evaluation.rollout.window.Rounds;
import io.catwalk.evaluation.rollout.window.Window;
import io.catwalk.evaluation.rollout.window.WindowFeed;
import io.catwalk.evaluation.rollout.window.WindowFeed.Batch;
import io.catwalk.evaluation.rollout.window.WindowFeed.Placed;
import io.catwalk.journal.Event;
import io.catwalk.journal.Failpoint;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.job.Conclusion;
import io.catwalk.journal.job.JobResult;
import io.catwalk.journal.job.Lease;
import io.catwalk.journal.job.LeaseEndedException;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process's part in one rollout: follows serving's windows, and decides, until the rollout has ended. */
final class RolloutWork {
    private static final Logger LOG = LoggerFactory.getLogger(RolloutWork.class);
    private static final Duration LONGEST_POLL = Duration.ofMillis(250);

    private final Lease lease;
    private final RolloutParts parts;

    RolloutWork(Lease lease, RolloutParts parts) {
        this.lease = lease;
        this.parts = parts;
    }

    /** Begins when the broker has said where the first windows will be. */
    Conclusion begin(RolloutPlan plan) throws LeaseEndedException, InterruptedException {
        Map<Integer, Long> offsets = parts.windows().ends();
        while (offsets.isEmpty()) {
            lease.check();
            lease.advanced(JournalJson.tree(RolloutProgress.waiting("the broker doesn't answer")));
            Thread.sleep(LONGEST_POLL);
            offsets = parts.windows().ends();
        }
        RolloutState state = RolloutState.begun(plan, offsets);
        Optional<String> used = lease.retry().untilAnswered(() -> parts.labels().inUse(plan.modelName()));
        if (used.isPresent()) {
            return parts.end().concludeUnbegun(lease, cancelled(used.get()), failed(used.get()));
        }
        lease.record(state, state.toReplay() ? Optional.empty() : Optional.of(started(state)));
        return resume();
    }

    /** Continues from what the journal says. */
    Conclusion resume() throws LeaseEndedException, InterruptedException {
        RolloutState state = RolloutState.of(lease.job()).orElseThrow();
        if (state.toReplay()) {
            state = replay(state);
        }
        if (state.ending().isPresent()) {
            return parts.end().conclude(lease, state, JobResult.succeeded());
        }
        try (WindowFeed feed = parts.windows().open(state.plan().modelName(), state.offsets())) {
            return follow(feed, new Watch(state));
        }
    }

    private RolloutState replay(RolloutState state) throws LeaseEndedException, InterruptedException {
        Replayed replayed = parts.replay().of(lease, state.plan());
        RolloutState next = state.replayed(replayed);
        lease.record(next, next.ending().isPresent() ? Optional.empty() : Optional.of(started(next)));
        parts.metrics().replayed(replayed.outcome());
        return next;
    }

    private Event started(RolloutState state) {
        return parts.events().started(lease.job(), state);
    }

    private Conclusion follow(WindowFeed feed, Watch watch) throws LeaseEndedException, InterruptedException {
        watch.enter();
        long looked = System.nanoTime();
        while (watch.state.ending().isEmpty()) {
            lease.check();
            Batch batch = feed.poll(LONGEST_POLL);
            long now = System.nanoTime();
            if (!batch.answering()) {
                watch.fleet.deafUntil(now);
            }
            for (Placed placed : batch.windows()) {
                watch.read(placed, now);
            }
            watch.decide(now);
            if (now - looked >= parts.poll().toNanos()) {
                looked = now;
                watch.lookAtLabels();
                watch.show(now);
            }
        }
        return parts.end().conclude(lease, watch.state, JobResult.succeeded());
    }

    private static Ending cancelled(String reason) {
        return new Ending(Outcome.CANCELLED, reason);
    }

    private static JobResult failed(String reason) {
        return new JobResult(JobResult.Outcome.FAILED, reason);
    }

    /** What is known of the rollout at its present weight. */
    private final class Watch {
        private final Fleet fleet;
        private final Map<Integer, Long> offsets;
        private RolloutState state;
        private Window.Subject subject;
        private Judgement judgement;
        private Rounds rounds;

        Watch(RolloutState state) {
            this.state = state;
            this.offsets = new HashMap<>(state.offsets());
            this.fleet = new Fleet(parts.settings().patience(), state.fleet(), System.nanoTime());
            this.subject = state.plan().subject(0);
            this.judgement = new Judgement(state.plan().terms());
            this.rounds = new Rounds();
        }

        /** Gives the candidate the weight of its step, once, and begins to judge it anew. */
        void enter() throws LeaseEndedException, InterruptedException {
            judgement = new Judgement(state.plan().terms());
            rounds = new Rounds();
            try {
                subject =
                        state.plan().subject(parts.labels().weigh(lease, state).number());
            } catch (ReplacedException e) {
                end(cancelled(e.reason()));
            }
        }

        void read(Placed placed, long now) throws LeaseEndedException, InterruptedException {
            if (state.ending().isPresent()) {
                return;
            }
            offsets.merge(placed.partition(), placed.offset() + 1, Math::max);
            Optional<Window> window = window(placed).filter(read -> fleet.hear(read, now));
            Optional<Rounds.Round> round = window.flatMap(rounds::add);
            if (round.isPresent()) {
                judgement.add(
                        round.get().canary(), round.get().stable(), round.get().length());
                decide(now);
            }
        }

        /** By what is known now. */
        void decide(long now) throws LeaseEndedException, InterruptedException {
            if (state.ending().isPresent()) {
                return;
            }
            Optional<Trouble> trouble = fleet.trouble(now);
            switch (judgement.verdict()) {
                case Verdict.Harmful(String reason) -> end(new Ending(Outcome.ROLLED_BACK, reason));
                case Verdict.Sound(String reason) when trouble.isEmpty() -> raise(reason);
                case Verdict.Sound sound -> rollBackIfLost(trouble);
                case Verdict.Undecided undecided -> rollBackIfLost(trouble);
            }
        }

        private void rollBackIfLost(Optional<Trouble> trouble) throws LeaseEndedException, InterruptedException {
            if (trouble.isPresent() && trouble.get() instanceof Trouble.Lost(String reason)) {
                end(new Ending(Outcome.ROLLED_BACK, reason));
            }
        }

        private void raise(String reason) throws LeaseEndedException, InterruptedException {
            if (state.atLastWeight()) {
                end(new Ending(state.plan().ofShadow() ? Outcome.PASSED : Outcome.PROMOTED, reason));
                return;
            }
            RolloutState next = state.advanced(evidence(), reason);
            Failpoint.reach("rollout.advance.before");
            lease.record(next, Optional.of(parts.events().advanced(lease.job(), next)));
            state = next;
            enter();
        }

        private void end(Ending ending) throws LeaseEndedException, InterruptedException {
            RolloutState next = state.ending(evidence(), ending);
            Failpoint.reach("rollout.end.before");
            lease.record(next, Optional.empty());
            state = next;
        }

        /** Another promotion may have ended it. */
        void lookAtLabels() throws LeaseEndedException, InterruptedException {
            if (state.ending().isPresent()) {
                return;
            }
            Optional<String> replaced;
            try {
                replaced = parts.labels().replaced(lease, state.plan());
            } catch (StoreUnavailableException | StoreRefusedException e) {
                LOG.warn("can't look at the labels of {}: {}", state.plan().model(), e.getMessage());
                return;
            }
            if (replaced.isPresent()) {
                end(cancelled(replaced.get()));
            }
        }

        void show(long now) {
            Optional<String> holding = fleet.trouble(now).map(trouble -> switch (trouble) {
                case Trouble.Hold(String reason) -> reason;
                case Trouble.Lost(String reason) -> reason;
            });
            RolloutProgress progress = new RolloutProgress(
                    state.weight(),
                    judgement.requests(),
                    judgement.observed().toSeconds(),
                    judgement.findings(),
                    holding);
            lease.advanced(JournalJson.tree(progress));
            parts.metrics().show(lease.id(), state.plan(), progress);
        }

        private Optional<Window> window(Placed placed) {
            try {
                return Optional.of(Window.of(placed.window(), subject));
            } catch (IllegalArgumentException e) {
                LOG.warn("leaving out the window {}/{}: {}", placed.partition(), placed.offset(), e.getMessage());
                return Optional.empty();
            }
        }

        private Evidence evidence() {
            List<Finding> findings = judgement.findings();
            return new Evidence(offsets, fleet.memory(), state.requests() + judgement.requests(), findings);
        }
    }
}
