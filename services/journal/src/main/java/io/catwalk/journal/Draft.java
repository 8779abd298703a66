package io.catwalk.journal;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An entry before it has a place.
 *
 * @param told see {@link Entry}
 */
public record Draft(EntryKind kind, long told, Optional<Event> event, JsonNode fold) {}
