package io.catwalk.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A network as a table, as Keras' {@code summary()} shows it, with the cost of one image beside. */
public record NetworkSummary(String network, String input, List<Row> rows) {
    private static final List<String> HEADINGS = List.of("Layer", "Output shape", "Parameters", "Multiply-adds");

    public NetworkSummary {
        rows = List.copyOf(rows);
    }

    /**
     * One layer.
     *
     * @param parameters trainable values
     * @param multiplyAdds for one image on the way forward
     */
    public record Row(String layer, String outputShape, long parameters, long multiplyAdds) {}

    public static NetworkSummary of(Network network) {
        List<Row> rows = network.placedLayers().stream()
                .map(layer ->
                        new Row(layer.name(), layer.output().toString(), layer.parameters(), layer.multiplyAdds()))
                .toList();
        return new NetworkSummary(network.name(), network.input().toString(), rows);
    }

    public long parameters() {
        return rows.stream().mapToLong(Row::parameters).sum();
    }

    public long multiplyAdds() {
        return rows.stream().mapToLong(Row::multiplyAdds).sum();
    }

    /** The table as text, lines ended by a newline. */
    public String render() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEADINGS);
        rows.forEach(row -> lines.add(
                List.of(row.layer(), row.outputShape(), grouped(row.parameters()), grouped(row.multiplyAdds()))));
        lines.add(List.of("total", "", grouped(parameters()), grouped(multiplyAdds())));
        int[] widths = widths(lines);
        String rule = "-".repeat(widths[0] + widths[1] + widths[2] + widths[3] + 6) + "\n";

        StringBuilder text = new StringBuilder("%s on %s\n".formatted(network, input));
        text.append(rule).append(line(lines.getFirst(), widths)).append(rule);
        lines.subList(1, lines.size() - 1).forEach(cells -> text.append(line(cells, widths)));
        return text.append(rule).append(line(lines.getLast(), widths)).toString();
    }

    private static int[] widths(List<List<String>> lines) {
        int[] widths = new int[HEADINGS.size()];
        for (int column = 0; column < widths.length; column++) {
            int index = column;
            widths[column] = lines.stream()
                    .mapToInt(cells -> cells.get(index).length())
                    .max()
                    .orElse(0);
        }
        return widths;
    }

    private static String line(List<String> cells, int[] widths) {
        String format = "%%-%ds  %%-%ds  %%%ds  %%%ds\n".formatted(widths[0], widths[1], widths[2], widths[3]);
        return format.formatted(cells.toArray());
    }

    private static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
