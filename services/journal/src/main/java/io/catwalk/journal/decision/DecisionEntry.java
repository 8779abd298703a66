package io.catwalk.journal.decision;

import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.journal.Asker;
import io.catwalk.journal.Event;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Numbered;

/**
 * What one cause decided in a decision journal.
 *
 * @param number its place in the journal; a table's readers keep the highest
 * @param appended when, on the store's clock
 * @param eventId the id of the event that it is published as
 * @param decision the journal's own record, as a tree
 * @param askedBy who asked for it, where its cause is no job, whose journal says so
 */
public record DecisionEntry(
        long number,
        Instant appended,
        String cause,
        JsonNode decision,
        Optional<Event> event,
        String eventId,
        Optional<Asker> askedBy) {
    static DecisionEntry of(Numbered numbered) {
        Fold fold = JournalJson.record(numbered.entry().fold(), Fold.class);
        return new DecisionEntry(
                numbered.number(),
                numbered.appended(),
                fold.cause(),
                fold.decision(),
                numbered.entry().event(),
                numbered.eventId(),
                fold.askedBy());
    }

    /** The decision as its record. */
    public <T> T decision(Class<T> type) {
        return JournalJson.record(decision, type);
    }

    /**
     * @param cause as {@code evaluations/r1}
     * @param against the entry that it was decided against; 0 for none
     */
    record Fold(String cause, long against, JsonNode decision, Optional<Asker> askedBy) {}
}
