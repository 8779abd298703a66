package io.catwalk.history.snapshot;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.Numbered;

/**
 * How a job stands, as far as decision journals and models need it.
 *
 * @param closed whether all of its events are published
 * @param publishing of an evaluation: the version that it gave its candidate
 */
public record JobStand(boolean closed, Optional<Publishing> publishing) {
    /**
     * @param version of the model
     * @param manifestDigest of the version's manifest
     */
    public record Publishing(String model, long version, String manifestDigest) {}

    public static JobStand of(Numbered newest) {
        JsonNode publishing = newest.entry().fold().path("state").path("publishing");
        Optional<Publishing> named = publishing instanceof MissingNode || publishing.isNull()
                ? Optional.empty()
                : Optional.of(new Publishing(
                        publishing.path("manifest").path("model").asText(),
                        publishing.path("manifest").path("version").asLong(),
                        publishing.path("manifestDigest").asText()));
        return new JobStand(newest.entry().kind() == EntryKind.CLOSED, named);
    }
}
