package io.catwalk.ingestion.http;

import java.time.Instant;
import java.util.Optional;

import io.catwalk.dataset.DatasetDecision;
import io.catwalk.dataset.v1.DatasetReady;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.journal.Event;
import io.catwalk.journal.decision.DecisionEntry;

/**
 * What one ingestion decided of a dataset.
 *
 * @param entry its number in the dataset's decision journal, if that can be read
 * @param state {@code ready}, {@code rejected}, or {@code unreadable} for a dataset whose decision journal can't be read
 * @param time when
 * @param digest of the manifest, if it is ready
 * @param images of each split, if it is ready
 * @param ingestionId which decided it
 * @param reason why it was rejected, or can't be read
 */
public record DecisionAnswer(
        String dataset,
        Optional<Long> entry,
        String state,
        Optional<String> ingestionId,
        Optional<Instant> time,
        Optional<String> digest,
        Optional<Images> images,
        Optional<String> reason) {
    static DecisionAnswer of(String dataset, DecisionEntry entry) {
        DatasetDecision decision = entry.decision(DatasetDecision.class);
        return new DecisionAnswer(
                dataset,
                Optional.of(entry.number()),
                decision.isReady() ? "ready" : "rejected",
                Optional.of(decision.ingestionId()),
                entry.event().map(Event::time),
                decision.digest(),
                entry.event().filter(event -> decision.isReady()).map(Images::of),
                Optional.of(decision.reason()).filter(reason -> !reason.isEmpty()));
    }

    /** What stands for a dataset whose decision journal can't be read. */
    static DecisionAnswer unreadable(String dataset, String reason) {
        return new DecisionAnswer(
                dataset,
                Optional.empty(),
                "unreadable",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(reason));
    }

    /** How many images each split has. */
    public record Images(int train, int validation, int test) {
        static Images of(Event event) {
            DatasetReady ready = EventJson.fromJson(EventType.DATASET_READY, event.body());
            return new Images(ready.getTrainCount(), ready.getValidationCount(), ready.getTestCount());
        }
    }
}
