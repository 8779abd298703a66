package io.catwalk.ingestion.job;

import java.time.InstantSource;
import java.util.Optional;

import com.google.protobuf.Message;
import io.catwalk.chassis.datasets.DatasetStore;
import io.catwalk.chassis.events.JournalEvents;
import io.catwalk.dataset.DatasetDecision;
import io.catwalk.dataset.DatasetManifest;
import io.catwalk.dataset.v1.DatasetReady;
import io.catwalk.dataset.v1.DatasetRejected;
import io.catwalk.events.EventType;
import io.catwalk.events.request.IngestionRequest;
import io.catwalk.journal.decision.Decider.Decision;
import io.catwalk.journal.decision.DecisionEntry;
import io.catwalk.journal.decision.DecisionJournal;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;

/** Puts the one entry of an ingestion into its dataset's decision journal; an entry that is there already stays as it is. */
final class DatasetDecisions {
    private final DatasetStore datasets;
    private final InstantSource clock;

    DatasetDecisions(DatasetStore datasets, InstantSource clock) {
        this.datasets = datasets;
        this.clock = clock;
    }

    /** The entry that an earlier holder of the ingestion has put. */
    Optional<DecisionEntry> standing(IngestionRequest request) {
        String cause = cause(request);
        return journal(request).entries().stream()
                .filter(entry -> entry.cause().equals(cause))
                .findFirst();
    }

    DecisionEntry ready(IngestionRequest request, StoredDataset stored) throws InterruptedException {
        String digest = stored.digest().toString();
        DatasetDecision decision = DatasetDecision.ready(
                        request.ingestionId(), digest, stored.sampleSheet().toString())
                .withReport(stored.report().toString());
        return put(request, decision, EventType.DATASET_READY, entry -> ready(request, stored, entry));
    }

    DecisionEntry rejected(IngestionRequest request, String reason) throws InterruptedException {
        DatasetDecision decision = DatasetDecision.rejected(request.ingestionId(), reason);
        return put(
                request,
                decision,
                EventType.DATASET_REJECTED,
                entry -> DatasetRejected.newBuilder()
                        .setDataset(request.dataset())
                        .setIngestionId(request.ingestionId())
                        .setReason(reason)
                        .setEntry(entry)
                        .build());
    }

    private <M extends Message> DecisionEntry put(
            IngestionRequest request, DatasetDecision decision, EventType<M> type, PayloadOfEntry<M> payload)
            throws InterruptedException {
        return journal(request)
                .put(
                        cause(request),
                        (soFar, number) -> new Decision(
                                decision, Optional.of(JournalEvents.of(type, clock.instant(), payload.at(number)))));
    }

    private static DatasetReady ready(IngestionRequest request, StoredDataset stored, long entry) {
        DatasetManifest manifest = stored.manifest();
        return DatasetReady.newBuilder()
                .setDataset(request.dataset())
                .setIngestionId(request.ingestionId())
                .setDigest(stored.digest().toString())
                .addImageShape(manifest.imageShape().height())
                .addImageShape(manifest.imageShape().width())
                .addImageShape(manifest.imageShape().channels())
                .addAllLabelNames(manifest.labelNames())
                .setTrainCount(manifest.counts().train().images())
                .setValidationCount(manifest.counts().validation().images())
                .setTestCount(manifest.counts().test().images())
                .setEntry(entry)
                .build();
    }

    private DecisionJournal journal(IngestionRequest request) {
        return datasets.journal(new Name(request.dataset()));
    }

    private static String cause(IngestionRequest request) {
        return JobKind.INGESTION.folder() + "/" + request.ingestionId();
    }

    @FunctionalInterface
    private interface PayloadOfEntry<M> {
        M at(long entry);
    }
}
