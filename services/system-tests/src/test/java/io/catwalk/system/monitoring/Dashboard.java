package io.catwalk.system.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catwalk.local.StackSettings;
import io.catwalk.system.monitoring.Panel.Query;

/**
 * A dashboard of the chart.
 *
 * @param name its file's, without the suffix
 * @param panels in their order, the rows' titles among them
 * @param annotations what is marked on its time series
 */
public record Dashboard(String name, String title, List<Panel> panels, List<Query> annotations) {
    private static final Path FOLDER = StackSettings.ownRoot().resolve("charts/catwalk/dashboards");

    public Dashboard {
        panels = List.copyOf(panels);
        annotations = List.copyOf(annotations);
    }

    /** The queries of all panels, and of what is marked on them. */
    public Stream<Query> queries() {
        return Stream.concat(panels.stream().flatMap(panel -> panel.queries().stream()), annotations.stream());
    }

    /** All of them. */
    public static List<Dashboard> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().map(Dashboard::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Dashboard read(Path file) {
        try {
            JsonNode json = new ObjectMapper().readTree(file.toFile());
            return new Dashboard(
                    file.getFileName().toString().replace(".json", ""),
                    json.path("title").asText(),
                    StreamSupport.stream(json.path("panels").spliterator(), false)
                            .map(Panel::of)
                            .toList(),
                    StreamSupport.stream(json.path("annotations").path("list").spliterator(), false)
                            .map(annotation -> Query.of(annotation.path("target")))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
