package io.catwalk.system.monitoring.picture;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.system.monitoring.Panel;

/** A row for each set of labels, a column for each label and each query's value, as the panel's transformations name them. */
final class TableBody implements PanelBody {
    private static final int ROW = 21;
    private static final Font HEAD = new Font(Font.SANS_SERIF, Font.BOLD, 12);
    private static final Font CELL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    @Override
    public void paint(Graphics2D graphics, Panel panel, List<Line> lines, Rectangle area) {
        Shape clip = graphics.getClip();
        graphics.clip(area);
        List<String> columns = columns(panel);
        JsonNode names = organize(panel).path("renameByName");
        int y = area.y + 15;
        graphics.setColor(Palette.INK);
        graphics.setFont(HEAD);
        row(
                graphics,
                area,
                y,
                columns.stream().map(column -> names.path(column).asText()).toList());
        graphics.setFont(CELL);
        for (Map<String, String> cells : rows(panel, lines)) {
            graphics.setColor(Palette.GRID);
            graphics.drawLine(area.x, y + 6, area.x + area.width, y + 6);
            graphics.setColor(Palette.INK);
            y += ROW;
            row(
                    graphics,
                    area,
                    y,
                    columns.stream()
                            .map(column -> cells.getOrDefault(column, ""))
                            .toList());
        }
        graphics.setClip(clip);
    }

    private static void row(Graphics2D graphics, Rectangle area, int y, List<String> cells) {
        int width = area.width / cells.size();
        for (int at = 0; at < cells.size(); at++) {
            graphics.drawString(cells.get(at), area.x + 6 + at * width, y);
        }
    }

    private static List<String> columns(Panel panel) {
        JsonNode order = organize(panel).path("indexByName");
        List<String> columns = new ArrayList<>();
        order.fieldNames().forEachRemaining(columns::add);
        columns.removeIf(
                column -> organize(panel).path("excludeByName").path(column).asBoolean());
        columns.sort(Comparator.comparingInt(column -> order.path(column).asInt()));
        return columns;
    }

    private static List<Map<String, String>> rows(Panel panel, List<Line> lines) {
        Map<String, Map<String, String>> rows = new TreeMap<>();
        for (Line line : lines) {
            line.last().ifPresent(value -> {
                String column = panel.queries().size() == 1 ? "Value" : "Value #" + (char) ('A' + line.query());
                Map<String, String> labels = new TreeMap<>(line.series().labels());
                rows.computeIfAbsent(labels.toString(), key -> new LinkedHashMap<>(labels))
                        .put(column, units(panel, column).text(value));
            });
        }
        return List.copyOf(rows.values());
    }

    private static Units units(Panel panel, String column) {
        String name = organize(panel).path("renameByName").path(column).asText();
        return StreamSupport.stream(
                        panel.json().path("fieldConfig").path("overrides").spliterator(), false)
                .filter(override ->
                        override.path("matcher").path("options").asText().equals(name))
                .map(override -> Units.named(
                        override.path("properties").path(0).path("value").asText()))
                .findFirst()
                .orElse(Units.of(panel.defaults()));
    }

    private static JsonNode organize(Panel panel) {
        return StreamSupport.stream(panel.json().path("transformations").spliterator(), false)
                .filter(step -> step.path("id").asText().equals("organize"))
                .map(step -> step.path("options"))
                .findFirst()
                .orElseThrow();
    }
}
