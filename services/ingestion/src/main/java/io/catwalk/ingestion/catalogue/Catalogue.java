package io.catwalk.ingestion.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.catwalk.chassis.datasets.DatasetStore;
import io.catwalk.chassis.errors.ConflictingRequestException;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.chassis.jobs.JobsConfig;
import io.catwalk.ingestion.IngestionConfig;
import io.catwalk.ingestion.IngestionConfig.CatalogueEntry;
import io.catwalk.ingestion.job.DatasetMetrics;
import io.catwalk.journal.Asker;
import io.catwalk.journal.Retry;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.journal.decision.DecisionEntry;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobResult;
import io.catwalk.objectstore.Name;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The datasets that are ingested without a request: each once, however often the service starts; again at the next
 * start after an ingestion that failed, and when its entry has changed.
 */
@Singleton
public class Catalogue {
    private static final Logger LOG = LoggerFactory.getLogger(Catalogue.class);

    private static final Asker ASKER = Asker.within("catalogue");

    private final List<CatalogueRequest> requests;
    private final JobService jobs;
    private final DatasetStore datasets;
    private final DatasetMetrics metrics;
    private final Retry retry;

    /** @throws RuntimeException for an entry that can't be ingested, so that the service doesn't start */
    @Inject
    Catalogue(
            IngestionConfig config,
            JobService jobs,
            DatasetStore datasets,
            DatasetMetrics metrics,
            JobsConfig jobsConfig) {
        this.requests = config.catalogue().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> request(entry.getKey(), entry.getValue()))
                .flatMap(Optional::stream)
                .toList();
        this.jobs = jobs;
        this.datasets = datasets;
        this.metrics = metrics;
        this.retry = jobsConfig.settings().retry();
    }

    /** Shows in the metrics what earlier ingestions have stored. */
    public void show() throws InterruptedException {
        for (Name dataset : retry.untilAnswered(datasets::names)) {
            try {
                retry.untilAnswered(() -> datasets.journal(dataset).entries()).stream()
                        .map(DecisionEntry::event)
                        .flatMap(Optional::stream)
                        .forEach(metrics::show);
            } catch (UnknownEntryException e) {
                LOG.warn("{} is left out of the metrics: {}", dataset, e.getMessage());
            }
        }
    }

    /** Makes a job of each entry that isn't one. */
    public void accept() throws InterruptedException {
        for (CatalogueRequest request : requests) {
            try {
                Name id = retry.untilAnswered(() -> firstThatHasNotFailed(request));
                LOG.info(
                        "{} is in the catalogue: ingestion {}, {}",
                        request.dataset(),
                        id,
                        jobs.accept(id, request.named(id), ASKER));
            } catch (ConflictingRequestException | UnknownEntryException e) {
                LOG.error("{} can't be ingested: {}", request.dataset(), e.getMessage());
            }
        }
    }

    private Name firstThatHasNotFailed(CatalogueRequest request) {
        for (int attempt = 1; ; attempt++) {
            Name id = request.id(attempt);
            Optional<JobResult> result = jobs.jobs().find(id).map(Job::fold).flatMap(fold -> fold.result());
            if (result.isEmpty() || result.get().outcome() == JobResult.Outcome.SUCCEEDED) {
                return id;
            }
        }
    }

    private static Optional<CatalogueRequest> request(String name, CatalogueEntry entry) {
        Optional<CatalogueRequest> request = CatalogueRequest.of(name, entry);
        if (request.isEmpty()) {
            LOG.info("{} is passed over: its catalogue entry names no folder, store-prefix or url", name);
        }
        return request;
    }
}
