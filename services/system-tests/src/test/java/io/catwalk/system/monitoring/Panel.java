package io.catwalk.system.monitoring;

import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A dashboard's panel.
 *
 * @param type as {@code timeseries}
 * @param place in a grid of 24 columns
 * @param json all of it, for what only one type of panel has
 */
public record Panel(String type, String title, Place place, List<Query> queries, JsonNode json) {
    public Panel {
        queries = List.copyOf(queries);
    }

    static Panel of(JsonNode json) {
        JsonNode grid = json.path("gridPos");
        return new Panel(
                json.path("type").asText(),
                json.path("title").asText(),
                new Place(
                        grid.path("x").asInt(),
                        grid.path("y").asInt(),
                        grid.path("w").asInt(),
                        grid.path("h").asInt()),
                StreamSupport.stream(json.path("targets").spliterator(), false)
                        .map(Query::of)
                        .toList(),
                json);
    }

    /** The panel's default settings, without overrides. */
    public JsonNode defaults() {
        return json.path("fieldConfig").path("defaults");
    }

    /** Columns and rows of the grid. */
    public record Place(int x, int y, int width, int height) {}

    /**
     * One of a panel's queries.
     *
     * @param legend with labels as {@code {{run}}}
     * @param instant whether it is an instant query
     */
    public record Query(String template, String legend, boolean instant) {
        static Query of(JsonNode target) {
            return new Query(
                    target.path("expr").asText(),
                    target.path("legendFormat").asText(),
                    target.path("instant").asBoolean());
        }

        /** The expression, with each variable set to all. */
        public String expression(String range, String rateInterval) {
            return template.replace("$__rate_interval", rateInterval)
                    .replace("$__range", range)
                    .replaceAll("\\$(namespace|model|run)\\b", ".*");
        }
    }
}
