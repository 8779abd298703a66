package io.catwalk.history.snapshot;

import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.journal.Numbered;

/**
 * One decision journal: a dataset's or a label's.
 *
 * @param unit as {@code datasets/d1} or {@code models/m1/labels/stable}
 * @param jobs how the job of a cause stands, by its unit, as {@code evaluations/r1}; empty for one that has no journal
 */
public record DecisionSnapshot(String unit, JournalSnapshot journal, Function<String, Optional<JobStand>> jobs) {
    /** The cause of an entry, as {@code evaluations/r1} or {@code rollouts/r1/2}; empty where it has none. */
    public static String cause(Numbered entry) {
        return entry.entry().fold().path("cause").asText();
    }

    /** What an entry decided, as its journal's own record. */
    public static JsonNode decision(Numbered entry) {
        return entry.entry().fold().path("decision");
    }

    /** The unit of the job that caused an entry, as {@code rollouts/r1}; empty for a promotion, which is none. */
    public static Optional<String> causingJob(Numbered entry) {
        String[] parts = cause(entry).split("/", -1);
        return parts.length < 2 || parts[0].equals("promotions")
                ? Optional.empty()
                : Optional.of(parts[0] + "/" + parts[1]);
    }
}
