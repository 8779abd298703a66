package io.catwalk.ingestion.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.catwalk.dataset.DatasetDecision;
import io.catwalk.dataset.DatasetManifest;

/**
 * A dataset, as its decision journal has it.
 *
 * @param newest what was last decided
 * @param manifest of the newest content that is ready, if any, and this release can read it
 * @param history all that was decided, in order
 * @param links by what they lead to; to the samples and the report once any content is ready
 */
public record DatasetAnswer(
        String dataset,
        DecisionAnswer newest,
        Optional<DatasetManifest> manifest,
        List<DecisionAnswer> history,
        Map<String, String> links) {
    public DatasetAnswer {
        history = List.copyOf(history);
        links = Map.copyOf(links);
    }

    static DatasetAnswer of(
            String dataset,
            List<DecisionAnswer> history,
            Optional<DatasetDecision> ready,
            Optional<DatasetManifest> manifest) {
        DecisionAnswer newest = history.getLast();
        Map<String, String> links = new HashMap<>(Map.of("self", "/datasets/" + dataset));
        ready.ifPresent(unused -> links.put("samples", "/datasets/" + dataset + "/samples.png"));
        ready.flatMap(DatasetDecision::report)
                .ifPresent(unused -> links.put("report", "/datasets/" + dataset + "/report"));
        newest.ingestionId().ifPresent(ingestion -> links.put("ingestion", "/ingestions/" + ingestion));
        return new DatasetAnswer(dataset, newest, manifest, history, links);
    }

    /** A dataset whose decision journal can't be read. */
    static DatasetAnswer unreadable(String dataset, String reason) {
        return new DatasetAnswer(
                dataset,
                DecisionAnswer.unreadable(dataset, reason),
                Optional.empty(),
                List.of(),
                Map.of("self", "/datasets/" + dataset));
    }
}
