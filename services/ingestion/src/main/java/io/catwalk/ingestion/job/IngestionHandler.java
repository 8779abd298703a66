package io.catwalk.ingestion.job;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.catwalk.dataset.BadDatasetException;
import io.catwalk.dataset.DatasetDecision;
import io.catwalk.dataset.v1.DatasetRequested;
import io.catwalk.events.BadEventException;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.events.request.IngestionRequest;
import io.catwalk.ingestion.job.SourceWatch.Finding;
import io.catwalk.ingestion.source.SourceRefusedException;
import io.catwalk.ingestion.source.WantedSource;
import io.catwalk.journal.Event;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.decision.DecisionEntry;
import io.catwalk.journal.job.Conclusion;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobHandler;
import io.catwalk.journal.job.JobResult;
import io.catwalk.journal.job.Lease;
import io.catwalk.journal.job.LeaseEndedException;
import io.catwalk.journal.job.NotReadyException;
import io.catwalk.journal.job.Readiness;
import io.catwalk.journal.job.Termination;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a dataset from its source, checks it, stores it, and puts one entry into its decision journal, ready or rejected, whatever
 * happens. It waits for a source that can't be reached, without a slot, until its deadline.
 */
public final class IngestionHandler implements JobHandler {
    private static final Logger LOG = LoggerFactory.getLogger(IngestionHandler.class);

    private final SourceWatch watch;
    private final DatasetIntake intake;
    private final DatasetUpload upload;
    private final DatasetDecisions decisions;
    private final DatasetMetrics metrics;
    private final Path workFolder;
    private final Duration deadline;

    /**
     * @param workFolder where files are inflated to
     * @param deadline of requests that have none
     */
    IngestionHandler(
            SourceWatch watch,
            DatasetIntake intake,
            DatasetUpload upload,
            DatasetDecisions decisions,
            DatasetMetrics metrics,
            Path workFolder,
            Duration deadline) {
        this.watch = watch;
        this.intake = intake;
        this.upload = upload;
        this.decisions = decisions;
        this.metrics = metrics;
        this.workFolder = workFolder;
        this.deadline = deadline;
    }

    @Override
    public JobKind kind() {
        return JobKind.INGESTION;
    }

    @Override
    public Optional<Duration> deadline(Job job) {
        return request(job).map(request -> request.deadline().orElse(deadline));
    }

    @Override
    public Readiness readiness(Job job) {
        Optional<DatasetRequested> requested = requested(job);
        Readiness.Ready ready = new Readiness.Ready(job.fold().state(), Optional.empty());
        // A holder that was lost may have decided already: that needs no source.
        if (requested.isEmpty() || job.fold().holder().isPresent()) {
            return ready;
        }
        try {
            EventType.DATASET_REQUESTED.check(requested.get());
        } catch (BadEventException e) {
            return new Readiness.Unmeetable(String.valueOf(e.getMessage()));
        }
        return switch (watch.finding(
                WantedSource.of(IngestionRequest.from(requested.get(), job.id().value())))) {
            case Finding.Found found -> ready;
            case Finding.Away(String reason) -> new Readiness.Waiting(reason);
            case Finding.Refused(String reason) -> new Readiness.Unmeetable(reason);
        };
    }

    @Override
    public Conclusion work(Lease lease) throws LeaseEndedException, NotReadyException, InterruptedException {
        IngestionRequest request = request(lease.job()).orElseThrow();
        Optional<DecisionEntry> standing = lease.retry().untilAnswered(() -> decisions.standing(request));
        DecisionEntry entry = standing.isPresent() ? standing.get() : decide(lease, request);
        return publish(lease, entry, JobResult.Outcome.FAILED);
    }

    @Override
    public Conclusion conclude(Lease lease, Termination ending) throws InterruptedException {
        JobResult.Outcome outcome =
                ending instanceof Termination.Cancelled ? JobResult.Outcome.CANCELLED : JobResult.Outcome.FAILED;
        Optional<IngestionRequest> request = request(lease.job());
        if (request.isEmpty()) {
            return new Conclusion(
                    new JobResult(outcome, ending.reason()), lease.job().fold().state(), Optional.empty());
        }
        return publish(lease, decisions.rejected(request.get(), ending.reason()), outcome);
    }

    private DecisionEntry decide(Lease lease, IngestionRequest request)
            throws LeaseEndedException, NotReadyException, InterruptedException {
        IngestionProgress progress = new IngestionProgress(lease);
        try {
            StoredDataset stored = ingest(lease.id(), request, progress);
            lease.check();
            return decisions.ready(request, stored);
        } catch (BadDatasetException | SourceRefusedException e) {
            return decisions.rejected(request, String.valueOf(e.getMessage()));
        } catch (NotReadyException e) {
            watch.away(WantedSource.of(request), String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private StoredDataset ingest(Name id, IngestionRequest request, IngestionProgress progress)
            throws LeaseEndedException, NotReadyException, InterruptedException, SourceRefusedException {
        WorkFolder folder = progress.readable(() -> WorkFolder.create(workFolder, id));
        try {
            ReadDataset read = progress.readable(() -> intake.read(request, progress, folder.path()));
            watch.forget(WantedSource.of(request));
            return upload.store(new Name(request.dataset()), read, progress);
        } finally {
            delete(folder);
        }
    }

    private static void delete(WorkFolder folder) {
        try {
            folder.close();
        } catch (IOException e) {
            LOG.warn("can't delete {}: {}", folder.path(), e.toString());
        }
    }

    private Conclusion publish(Lease lease, DecisionEntry entry, JobResult.Outcome unlessReady)
            throws InterruptedException {
        Event event = entry.event().orElseThrow();
        lease.publish(entry.eventId(), event);
        DatasetDecision decision = entry.decision(DatasetDecision.class);
        LOG.info(
                "entry {} of the decision journal: {}",
                entry.eventId(),
                decision.digest().orElseGet(() -> "rejected, " + decision.reason()));
        metrics.show(event);
        JobResult result = decision.isReady() ? JobResult.succeeded() : new JobResult(unlessReady, decision.reason());
        return new Conclusion(
                result, JournalJson.tree(new IngestionResult(entry.number(), decision)), Optional.empty());
    }

    /** Absent when a cancel came before it. */
    private static Optional<IngestionRequest> request(Job job) {
        return requested(job)
                .map(requested -> IngestionRequest.from(requested, job.id().value()));
    }

    private static Optional<DatasetRequested> requested(Job job) {
        return job.fold().request().map(request -> EventJson.fromJson(EventType.DATASET_REQUESTED, request));
    }
}
