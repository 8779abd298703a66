package io.catwalk.evaluation.job;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.chassis.datasets.DatasetStore;
import io.catwalk.chassis.datasets.LocalDatasets;
import io.catwalk.evaluation.registry.LabelDecision;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.journal.Event;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.decision.DecisionEntry;
import io.catwalk.journal.job.Conclusion;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobFailedException;
import io.catwalk.journal.job.JobHandler;
import io.catwalk.journal.job.JobResult;
import io.catwalk.journal.job.Jobs;
import io.catwalk.journal.job.Lease;
import io.catwalk.journal.job.LeaseEndedException;
import io.catwalk.journal.job.Readiness;
import io.catwalk.journal.job.Termination;
import io.catwalk.modelarchives.ModelSource;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.JobKind;

/**
 * Evaluations. Each scores its run's model, stores the report and publishes {@code evaluation-completed}. If publishing is requested, it
 * then adds exactly one entry to the journal of the label {@code stable}, promoted or refused. Its last journal entry has
 * that decision's event, and the one before it {@code model-published} if it was promoted.
 *
 * <p>A model that is damaged, has the wrong shape or returns no probabilities is refused without retries, as its digest
 * always names the same bytes. Another run of the same request is evaluated anew.
 */
public final class EvaluationHandler implements JobHandler {
    private final LocalDatasets datasets;
    private final ModelSource models;
    private final CandidateScoring scoring;
    private final LabelDecisions label;
    private final Registry registry;
    private final EvaluationMetrics metrics;
    private final Clock clock;
    private final int batchSize;

    /** @param batchSize images in one batch */
    public EvaluationHandler(
            Sources sources, Registry registry, EvaluationMetrics metrics, Clock clock, int batchSize) {
        this.datasets = sources.local();
        this.models = sources.models();
        this.scoring = new CandidateScoring(new RunHistory(sources.runs()), sources.blobs());
        this.label = new LabelDecisions(registry, clock);
        this.registry = registry;
        this.metrics = metrics;
        this.clock = clock;
        this.batchSize = batchSize;
    }

    @Override
    public JobKind kind() {
        return JobKind.EVALUATION;
    }

    @Override
    public Optional<Duration> deadline(Job job) {
        return Optional.empty();
    }

    @Override
    public Readiness readiness(Job job) {
        return new Readiness.Ready(JournalJson.tree(EvaluationState.of(job)), Optional.empty());
    }

    @Override
    public Conclusion work(Lease lease) throws LeaseEndedException, JobFailedException, InterruptedException {
        try (Attempt attempt = new Attempt(lease, datasets, models, batchSize)) {
            return work(attempt);
        }
    }

    private Conclusion work(Attempt attempt) throws LeaseEndedException, JobFailedException, InterruptedException {
        Lease lease = attempt.lease();
        Opponents opponents = new Opponents(attempt);
        Findings findings = findings(attempt, opponents);
        metrics.scored(attempt.evaluation(), findings);
        if (!attempt.evaluation().training().getPublish()) {
            return new Conclusion(JobResult.succeeded(), tree(attempt.state()), Optional.empty());
        }
        DecisionEntry entry = label.decide(attempt, findings, opponents);
        recordPublished(lease, entry);
        return decided(lease, entry, JobResult.succeeded());
    }

    @Override
    public Conclusion conclude(Lease lease, Termination ending) throws InterruptedException {
        JobResult result = new JobResult(outcome(ending), ending.reason());
        if (lease.job().fold().request().isEmpty()) {
            return new Conclusion(result, lease.job().fold().state(), Optional.empty());
        }
        Evaluation evaluation = Evaluation.of(lease.job());
        EvaluationState state = EvaluationState.of(lease.job());
        if (!evaluation.training().getPublish()) {
            return new Conclusion(result, tree(state), Optional.empty());
        }
        DecisionEntry entry = label.refuse(evaluation, state, ending.reason(), lease.retry());
        try {
            recordPublished(lease, entry);
        } catch (LeaseEndedException e) {
            // After a lost lease the result can't be appended anyway, and evaluations can't be cancelled.
            return decided(lease, entry, result);
        }
        return decided(lease, entry, LabelDecision.of(entry).promotes() ? JobResult.succeeded() : result);
    }

    private Findings findings(Attempt attempt, Opponents opponents)
            throws LeaseEndedException, JobFailedException, InterruptedException {
        Optional<Findings> known = attempt.state().findings();
        if (known.isPresent()) {
            return known.get();
        }
        Lease lease = attempt.lease();
        List<DecisionEntry> history = lease.retry()
                .untilAnswered(() -> registry.labelJournal(attempt.evaluation().model(), Registry.STABLE)
                        .entries());
        Findings findings = scoring.score(attempt, opponents.at(LabelDecision.target(history)));
        Event completed = EvaluationEvents.completed(attempt.evaluation(), findings, clock.instant());
        lease.record(attempt.state().found(findings), Optional.of(completed));
        return findings;
    }

    /** Publishes the version once before its promotion. */
    private void recordPublished(Lease lease, DecisionEntry entry) throws LeaseEndedException, InterruptedException {
        EvaluationState state = EvaluationState.of(lease.job());
        LabelDecision decision = LabelDecision.of(entry);
        if (decision.promotes() && state.decided().isEmpty()) {
            EvaluationState.Publishing publishing = state.publishing().orElseThrow();
            lease.record(
                    state.decidedAs(entry.number(), decision),
                    Optional.of(EvaluationEvents.published(publishing, entry.number(), clock.instant())));
        }
    }

    private static Conclusion decided(Lease lease, DecisionEntry entry, JobResult result) {
        EvaluationState state = EvaluationState.of(lease.job()).decidedAs(entry.number(), LabelDecision.of(entry));
        return new Conclusion(result, tree(state), entry.event().map(event -> event.decidedBy(entry.eventId())));
    }

    private static JobResult.Outcome outcome(Termination ending) {
        return switch (ending) {
            case Termination.Cancelled cancelled -> JobResult.Outcome.CANCELLED;
            case Termination.DeadlineExceeded exceeded -> JobResult.Outcome.FAILED;
            case Termination.HoldersLost lost -> JobResult.Outcome.FAILED;
            case Termination.Refused refused -> JobResult.Outcome.FAILED;
            case Termination.Failed failed -> JobResult.Outcome.FAILED;
        };
    }

    private static JsonNode tree(EvaluationState state) {
        return JournalJson.tree(state);
    }

    /**
     * The sources of evaluations.
     *
     * @param local where datasets are while a model is scored on them
     * @param runs for their curves and seeds; only read
     */
    public record Sources(DatasetStore datasets, LocalDatasets local, ModelSource models, Jobs runs, Blobs blobs) {}
}
