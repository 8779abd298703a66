package io.catwalk.chart;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.representer.Representer;

/** The documented values as a Markdown table: each value whose comment starts with {@code # --}. */
final class ValuesTable {
    private static final String MARK = "-- ";

    private final List<String> rows = new ArrayList<>();

    private ValuesTable() {}

    static String of(String values) {
        LoaderOptions options = new LoaderOptions();
        options.setProcessComments(true);
        Node root = new Yaml(options).compose(new StringReader(values));
        ValuesTable table = new ValuesTable();
        table.add("", (MappingNode) root);
        return table.rows.stream()
                .collect(Collectors.joining("", "| value | default | meaning |\n|---|---|---|\n", ""));
    }

    private void add(String path, MappingNode mapping) {
        for (NodeTuple tuple : mapping.getValue()) {
            String key = path + ((ScalarNode) tuple.getKeyNode()).getValue();
            Optional<String> meaning = meaning(tuple.getKeyNode());
            if (meaning.isPresent()) {
                rows.add("| `%s` | `%s` | %s |\n".formatted(key, shown(tuple.getValueNode()), meaning.get()));
            } else if (tuple.getValueNode() instanceof MappingNode inner) {
                add(key + ".", inner);
            } else {
                throw new IllegalArgumentException(key + " has no comment that starts with # -- ");
            }
        }
    }

    private static Optional<String> meaning(Node key) {
        List<CommentLine> comments = Optional.ofNullable(key.getBlockComments()).orElse(List.of());
        String text = comments.stream()
                .map(comment -> comment.getValue().strip())
                .filter(line -> line.startsWith(MARK))
                .map(line -> line.substring(MARK.length()).replace("|", "\\|"))
                .collect(Collectors.joining(" "));
        return Optional.of(text).filter(found -> !found.isEmpty());
    }

    private static String shown(Node value) {
        DumperOptions style = new DumperOptions();
        style.setDefaultFlowStyle(DumperOptions.FlowStyle.FLOW);
        style.setWidth(Integer.MAX_VALUE);
        Object plain = new Plain().of(value);
        String text = new Yaml(new Representer(style), style).dump(plain).strip();
        return text.length() > 80 ? "see values.yaml" : text;
    }

    /** A node as Java's own maps, lists and scalars. */
    private static final class Plain extends SafeConstructor {
        Plain() {
            super(new LoaderOptions());
        }

        Object of(Node node) {
            return constructDocument(node);
        }
    }
}
