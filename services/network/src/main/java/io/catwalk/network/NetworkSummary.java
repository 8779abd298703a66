package io.catwalk.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.catwalk.network.layer.PlacedLayer;
import io.catwalk.network.layer.WeightSpec;

/** A network as a table, as Keras' {@code summary()} shows it, with the cost of one image. */
public record NetworkSummary(String network, String input, List<Row> rows) {
    private static final List<String> HEADINGS = List.of("Layer", "Output shape", "Parameters", "Multiply-adds");

    public NetworkSummary {
        rows = List.copyOf(rows);
    }

    /**
     * One layer.
     *
     * @param parameters values of all weights, running statistics included
     * @param trained those of them that gradients change
     * @param multiplyAdds for the forward pass of one image
     */
    public record Row(String layer, String outputShape, long parameters, long trained, long multiplyAdds) {}

    public static NetworkSummary of(Network network) {
        List<Row> rows = network.placedLayers().stream()
                .flatMap(NetworkSummary::withParts)
                .toList();
        return new NetworkSummary(network.name(), network.input().toString(), rows);
    }

    public long parameters() {
        return rows.stream().mapToLong(Row::parameters).sum();
    }

    /** Parameters that gradients change: all but running statistics. */
    public long trained() {
        return rows.stream().mapToLong(Row::trained).sum();
    }

    public long multiplyAdds() {
        return rows.stream().mapToLong(Row::multiplyAdds).sum();
    }

    /** A block's layers come before it; its own row has only its shape. */
    private static Stream<Row> withParts(PlacedLayer layer) {
        String shape = layer.output().toString();
        if (layer.parts().isEmpty()) {
            return Stream.of(new Row(
                    layer.name(),
                    shape,
                    sum(layer.weights().stream()),
                    sum(layer.weights().stream().filter(weight -> weight.role().isTrained())),
                    layer.multiplyAdds()));
        }
        return Stream.concat(
                layer.parts().stream().flatMap(NetworkSummary::withParts),
                Stream.of(new Row(layer.name(), shape, 0, 0, 0)));
    }

    private static long sum(Stream<WeightSpec> weights) {
        return weights.mapToLong(WeightSpec::size).sum();
    }

    /** The table as text, lines ended by a newline. */
    public String render() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEADINGS);
        rows.forEach(row -> lines.add(
                List.of(row.layer(), row.outputShape(), grouped(row.parameters()), grouped(row.multiplyAdds()))));
        lines.add(List.of("total", "", grouped(parameters()), grouped(multiplyAdds())));
        if (trained() != parameters()) {
            lines.add(List.of("of them trained", "", grouped(trained()), ""));
        }
        int[] widths = widths(lines);
        String rule = "-".repeat(widths[0] + widths[1] + widths[2] + widths[3] + 6) + "\n";

        StringBuilder text = new StringBuilder("%s on %s\n".formatted(network, input));
        text.append(rule).append(line(lines.getFirst(), widths)).append(rule);
        lines.subList(1, rows.size() + 1).forEach(cells -> text.append(line(cells, widths)));
        text.append(rule);
        lines.subList(rows.size() + 1, lines.size()).forEach(cells -> text.append(line(cells, widths)));
        return text.toString();
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
        String format = "%%-%ds  %%-%ds  %%%ds  %%%ds".formatted(widths[0], widths[1], widths[2], widths[3]);
        return format.formatted(cells.toArray()).stripTrailing() + "\n";
    }

    private static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
