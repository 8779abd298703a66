package io.catwalk.ingestion.http;

import java.time.Instant;
import java.util.Optional;

import io.catwalk.dataset.DatasetDecision;
import io.catwalk.dataset.v1.DatasetReady;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.journal.Event;
import io.catwalk.journal.line.LineEntry;

/**
 * What one ingestion decided of a dataset.
 *
 * @param entry its number in the dataset's line
 * @param state {@code ready} or {@code rejected}
 * @param time when
 * @param digest of the manifest, if it is ready
 * @param images of each split, if it is ready
 * @param reason why it was rejected
 */
record DecisionAnswer(
        String dataset,
        long entry,
        String state,
        String ingestionId,
        Optional<Instant> time,
        Optional<String> digest,
        Optional<Images> images,
        Optional<String> reason) {
    static DecisionAnswer of(String dataset, LineEntry entry) {
        DatasetDecision decision = entry.decision(DatasetDecision.class);
        return new DecisionAnswer(
                dataset,
                entry.number(),
                decision.isReady() ? "ready" : "rejected",
                decision.ingestionId(),
                entry.event().map(Event::time),
                decision.digest(),
                entry.event().filter(event -> decision.isReady()).map(Images::of),
                Optional.of(decision.reason()).filter(reason -> !reason.isEmpty()));
    }

    /** How many images each split has. */
    record Images(int train, int validation, int test) {
        static Images of(Event event) {
            DatasetReady ready =
                    EventJson.fromJson(EventType.DATASET_READY, event.body().toString());
            return new Images(ready.getTrainCount(), ready.getValidationCount(), ready.getTestCount());
        }
    }
}
