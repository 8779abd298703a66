package io.catwalk.console.page;

import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Which runs of a page are shown.
 *
 * @param text that a run's id, dataset, network or model has in it; empty for all
 * @param state as {@code running}; empty for all
 */
public record RunFilter(String text, String state) {
    /** Those that have both. */
    public List<JsonNode> of(JsonNode runs) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        return StreamSupport.stream(runs.spliterator(), false)
                .filter(run -> state.isEmpty() || run.path("state").asText().equals(state))
                .filter(run -> wanted.isEmpty() || words(run).contains(wanted))
                .toList();
    }

    private static String words(JsonNode run) {
        JsonNode request = run.path("request");
        return String.join(
                        " ",
                        run.path("runId").asText(),
                        request.path("dataset").asText(),
                        request.path("model").asText(),
                        request.path("network").asText())
                .toLowerCase(Locale.ROOT);
    }
}
