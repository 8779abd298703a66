package io.catwalk.journal.job;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.journal.Event;

/** Whether a job could be worked on now. */
public sealed interface Readiness {
    /**
     * It could.
     *
     * @param state what the {@code claimed} entry is to pin, as the dataset's digest
     * @param event what the {@code claimed} entry is published as
     */
    record Ready(JsonNode state, Optional<Event> event) implements Readiness {}

    /** What it needs isn't there yet; it stays open without a slot. */
    record Waiting(String reason) implements Readiness {}

    /** What it needs will never be there. */
    record Unmeetable(String reason) implements Readiness {}
}
