package io.catwalk.journal;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One decision in a journal, and all that was decided before it.
 *
 * @param schema of the entry and the fold; a reader that doesn't know it leaves the journal alone
 * @param writer the process that appended it
 * @param nonce fresh for each append and kept over that append's retries, so that a writer knows its own entry
 * @param published the highest entry that Kafka had acknowledged when this one was appended; 0 for none
 * @param event what this entry is published as, if anything
 * @param fold the journal's state after this entry
 */
public record Entry(
        int schema, EntryKind kind, String writer, String nonce, long published, Optional<Event> event, JsonNode fold) {
    /** Schema 1 had other names for kinds and fields, and isn't read. */
    public static final int SCHEMA = 2;

    public Entry {
        if (schema == SCHEMA) {
            requireNonNull(kind, "kind");
            requireNonNull(writer, "writer");
            requireNonNull(nonce, "nonce");
            requireNonNull(fold, "fold");
        }
    }
}
