package io.catwalk.history.snapshot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.objectstore.Name;

/**
 * The versions of one model.
 *
 * @param versions the manifests, by their numbers
 * @param foreign objects among them that aren't named as manifests
 * @param jobs how a job stands, by its unit, as {@code evaluations/r1}
 */
public record ModelSnapshot(
        Name model,
        SortedMap<Long, Version> versions,
        List<String> foreign,
        Function<String, Optional<JobStand>> jobs) {
    public ModelSnapshot {
        versions = new TreeMap<>(versions);
        foreign = List.copyOf(foreign);
    }

    /**
     * A version's manifest.
     *
     * @param digest of its bytes
     * @param manifest empty where it isn't JSON
     */
    public record Version(String key, String digest, Optional<JsonNode> manifest) {}

    /** As {@code models/m1}. */
    public String unit() {
        return "models/" + model;
    }

    /** The digest of a version's SavedModel, as its manifest has it. */
    public static Map<Long, String> modelDigests(Map<Long, Version> versions) {
        Map<Long, String> digests = new TreeMap<>();
        versions.forEach((number, version) -> version.manifest()
                .map(manifest -> manifest.path("digests").path("model").asText())
                .ifPresent(digest -> digests.put(number, digest)));
        return digests;
    }
}
