package io.catwalk.ingestion.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.catwalk.dataset.DatasetManifest;

/**
 * A dataset, as far as its line tells.
 *
 * @param newest what was last decided
 * @param manifest of the newest content that is ready, if any
 * @param history all that was decided, in order
 * @param links by what they lead to
 */
record DatasetAnswer(
        String dataset,
        DecisionAnswer newest,
        Optional<DatasetManifest> manifest,
        List<DecisionAnswer> history,
        Map<String, String> links) {
    DatasetAnswer {
        history = List.copyOf(history);
        links = Map.copyOf(links);
    }
}
