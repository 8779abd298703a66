package io.catwalk.journal;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An entry before it has a place.
 *
 * @param published see {@link Entry}
 */
public record Draft(EntryKind kind, long published, Optional<Event> event, JsonNode fold) {}
