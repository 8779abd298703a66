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

/**
 * A dashboard of the chart.
 *
 * @param name its file's, without the suffix
 * @param panels in their order, the rows' titles among them
 */
public record Dashboard(String name, String title, List<Panel> panels) {
    private static final Path FOLDER = StackSettings.ownRoot().resolve("charts/catwalk/dashboards");

    public Dashboard {
        panels = List.copyOf(panels);
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
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
