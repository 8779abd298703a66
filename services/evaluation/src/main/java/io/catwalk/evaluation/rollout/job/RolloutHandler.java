package io.catwalk.evaluation.rollout.job;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

import io.catwalk.evaluation.registry.CorruptManifestException;
import io.catwalk.evaluation.registry.LabelDecision;
import io.catwalk.evaluation.registry.LabelDecision.Target;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.evaluation.registry.VersionManifest;
import io.catwalk.evaluation.rollout.RolloutSettings;
import io.catwalk.evaluation.rollout.job.RolloutState.Ending;
import io.catwalk.evaluation.rollout.job.RolloutState.Outcome;
import io.catwalk.evaluation.rollout.replay.CandidateReplay;
import io.catwalk.evaluation.rollout.window.WindowFeed;
import io.catwalk.journal.job.Conclusion;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobFailedException;
import io.catwalk.journal.job.JobHandler;
import io.catwalk.journal.job.JobResult;
import io.catwalk.journal.job.Lease;
import io.catwalk.journal.job.LeaseEndedException;
import io.catwalk.journal.job.Readiness;
import io.catwalk.journal.job.Termination;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.JobKind;

/**
 * Rollouts. The journal of each has an entry for every decision: begun, replayed, raised, and how it ends; each stands there before it is made
 * true in the journals of the labels, where it is made true once. What a decision rests on isn't kept: the entry before it names
 * the offsets from which a successor reads it again.
 */
public final class RolloutHandler implements JobHandler {
    private final Registry registry;
    private final TestSetDisagreement disagreement;
    private final RolloutParts parts;

    private RolloutHandler(Registry registry, TestSetDisagreement disagreement, RolloutParts parts) {
        this.registry = registry;
        this.disagreement = disagreement;
        this.parts = parts;
    }

    /** Rollouts of the registry's models. */
    public static RolloutHandler of(Registry registry, Blobs blobs, Sources sources, Surroundings surroundings) {
        return new RolloutHandler(
                registry,
                new TestSetDisagreement(registry, blobs),
                new RolloutParts(
                        surroundings.settings(),
                        sources.windows(),
                        new LoggedReplay(registry, sources.replay()),
                        new RolloutLabels(registry, surroundings.clock()),
                        new RolloutEvents(surroundings.clock()),
                        surroundings.metrics(),
                        surroundings.poll()));
    }

    /** Whence rollouts have their evidence. */
    public record Sources(WindowFeed.Source windows, CandidateReplay replay) {}

    /**
     * What a process gives its rollouts.
     *
     * @param poll interval of looks at the labels
     */
    public record Surroundings(RolloutSettings settings, RolloutMetrics metrics, Duration poll, InstantSource clock) {}

    /**
     * What rollouts have in common.
     *
     * @param poll interval of looks at the labels
     */
    record RolloutParts(
            RolloutSettings settings,
            WindowFeed.Source windows,
            LoggedReplay replay,
            RolloutLabels labels,
            RolloutEvents events,
            RolloutMetrics metrics,
            Duration poll) {
        RolloutEnd end() {
            return new RolloutEnd(labels, events, metrics);
        }
    }

    @Override
    public JobKind kind() {
        return JobKind.ROLLOUT;
    }

    @Override
    public Optional<Duration> deadline(Job job) {
        return Optional.of(parts.settings().deadline());
    }

    @Override
    public Readiness readiness(Job job) {
        return new Readiness.Ready(job.fold().state(), Optional.empty());
    }

    @Override
    public Conclusion work(Lease lease) throws LeaseEndedException, JobFailedException, InterruptedException {
        RolloutWork work = new RolloutWork(lease, parts);
        try {
            return RolloutState.of(lease.job()).isPresent() ? work.resume() : work.begin(plan(lease));
        } finally {
            parts.metrics().hide(lease.id());
        }
    }

    @Override
    public Conclusion conclude(Lease lease, Termination ending) throws InterruptedException {
        boolean cancelled = ending instanceof Termination.Cancelled;
        boolean refused = ending instanceof Termination.Refused;
        JobResult result =
                new JobResult(cancelled ? JobResult.Outcome.CANCELLED : JobResult.Outcome.FAILED, ending.reason());
        Ending decided = new Ending(cancelled || refused ? Outcome.CANCELLED : Outcome.ROLLED_BACK, ending.reason());
        Optional<RolloutState> state = RolloutState.of(lease.job());
        if (state.isEmpty()) {
            return parts.end().concludeUnbegun(lease, decided, result);
        }
        // What was decided before is made true, whatever came after it.
        return state.get().ending().isPresent()
                ? parts.end().conclude(lease, state.get(), JobResult.succeeded())
                : parts.end().conclude(lease, state.get().ending(decided), result);
    }

    private RolloutPlan plan(Lease lease) throws JobFailedException, InterruptedException {
        RequestedRollout request = RequestedRollout.of(lease.job()).orElseThrow();
        Optional<VersionManifest> candidate = lease.retry().untilAnswered(() -> manifest(request));
        Optional<Target> stable = lease.retry()
                .untilAnswered(() -> LabelDecision.target(
                        registry.labelJournal(request.model(), Registry.STABLE).entries()));
        if (candidate.isEmpty() || stable.isEmpty()) {
            throw refused(candidate.isEmpty() ? "its version can't be read" : "the model has no stable version");
        }
        if (stable.get().version() == request.version()) {
            throw refused("version " + request.version() + " is stable already");
        }
        RolloutPlan.Subject subject = new RolloutPlan.Subject(
                request.model().value(), request.label(), candidate.get().target(), stable.get());
        return RolloutPlan.of(subject, request.weight(), limit(lease, subject), parts.settings());
    }

    private Optional<VersionManifest> manifest(RequestedRollout request) {
        try {
            return registry.version(request.model(), request.version());
        } catch (CorruptManifestException e) {
            return Optional.empty();
        }
    }

    /** Of disagreement. One that nothing can exceed is none. */
    private Optional<Double> limit(Lease lease, RolloutPlan.Subject subject) throws InterruptedException {
        RolloutSettings.Margins margins = parts.settings().margins();
        if (margins.disagreementLimit().isPresent()) {
            return margins.disagreementLimit();
        }
        return lease.retry()
                .untilAnswered(() -> disagreement.of(
                        RequestedRollout.of(lease.job()).orElseThrow().model(),
                        subject.candidate().version(),
                        subject.stable().version()))
                .map(share -> share + margins.disagreement())
                .filter(limit -> limit < 1);
    }

    private static JobFailedException refused(String reason) {
        return new JobFailedException(new Termination.Refused(reason));
    }
}
