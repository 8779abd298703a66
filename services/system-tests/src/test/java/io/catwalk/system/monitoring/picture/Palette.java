package io.catwalk.system.monitoring.picture;

import java.awt.Color;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.system.monitoring.Panel;

/** Grafana's colours, and whose they are. */
final class Palette {
    static final Color PAGE = new Color(0xf4f5f5);
    static final Color PANEL = Color.WHITE;
    static final Color EDGE = new Color(0xdfe1e4);
    static final Color INK = new Color(0x24292e);
    static final Color PALE_INK = new Color(0x616e7c);
    static final Color GRID = new Color(0xe9ebed);
    static final Color ALARM = new Color(0xe02f44);
    static final Color MARK = new Color(0xa352cc);

    private static final Map<String, Color> NAMED = Map.ofEntries(
            Map.entry("green", new Color(0x56a64b)),
            Map.entry("yellow", new Color(0xf2cc0c)),
            Map.entry("orange", new Color(0xff780a)),
            Map.entry("red", new Color(0xe02f44)),
            Map.entry("semi-dark-red", new Color(0xc4162a)),
            Map.entry("dark-red", new Color(0x8a0f1d)),
            Map.entry("blue", new Color(0x3274d9)),
            Map.entry("purple", new Color(0xa352cc)));

    private static final List<Color> CLASSIC = List.of(
            new Color(0x1f78c1),
            new Color(0xef843c),
            new Color(0x629e51),
            new Color(0xba43a9),
            new Color(0xe24d42),
            new Color(0x6ed0e0),
            new Color(0xeab839),
            new Color(0x705da0),
            new Color(0x0a437c),
            new Color(0x7eb26d),
            new Color(0xbf1b00),
            new Color(0x64b0c8));

    private Palette() {}

    /**
     * A line's colour: that of the first override that means it, else the next of the palette.
     *
     * @param index the line's place in its panel
     */
    static Color of(Panel panel, String line, int index) {
        return overrides(panel, line)
                .flatMap(override -> fixed(override).stream())
                .findFirst()
                .orElse(CLASSIC.get(index % CLASSIC.size()));
    }

    static boolean isDashed(Panel panel, String line) {
        return overrides(panel, line)
                .flatMap(override ->
                        StreamSupport.stream(override.path("properties").spliterator(), false))
                .anyMatch(property -> property.path("id").asText().equals("custom.lineStyle"));
    }

    private static Stream<JsonNode> overrides(Panel panel, String line) {
        return StreamSupport.stream(
                        panel.json().path("fieldConfig").path("overrides").spliterator(), false)
                .filter(override ->
                        line.matches(override.path("matcher").path("options").asText()));
    }

    private static Optional<Color> fixed(JsonNode override) {
        return StreamSupport.stream(override.path("properties").spliterator(), false)
                .filter(property -> property.path("id").asText().equals("color"))
                .map(property -> named(property.path("value").path("fixedColor").asText()))
                .findFirst();
    }

    /** The colour of the highest threshold that a value reaches. */
    static Color ofThreshold(Panel panel, double value) {
        Color color = INK;
        for (JsonNode step : panel.defaults().path("thresholds").path("steps")) {
            if (step.path("value").isNull() || value >= step.path("value").asDouble()) {
                color = named(step.path("color").asText());
            }
        }
        return color;
    }

    private static Color named(String name) {
        return Optional.ofNullable(NAMED.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no such colour here: " + name));
    }
}
