package io.catwalk.network.inference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** The nodes of a graph in an order in which each comes after its inputs. */
final class GraphOrder {
    private static final String CONTROL = "^";

    private GraphOrder() {}

    /** @throws UnloadableModelException for a graph with a cycle, two nodes of one name, or an input from nowhere */
    static List<NodeDef> of(GraphDef graph) {
        Map<String, NodeDef> nodes = new HashMap<>();
        for (NodeDef node : graph.getNodeList()) {
            if (nodes.put(node.getName(), node) != null) {
                throw new UnloadableModelException("the model has several nodes %s".formatted(node.getName()));
            }
        }
        Map<String, Integer> missing = new HashMap<>();
        Map<String, List<NodeDef>> users = new HashMap<>();
        for (NodeDef node : graph.getNodeList()) {
            missing.put(node.getName(), node.getInputCount());
            for (String input : node.getInputList()) {
                if (!nodes.containsKey(source(input))) {
                    throw new UnloadableModelException("the model's node %s has the input %s, which no node gives"
                            .formatted(node.getName(), input));
                }
                users.computeIfAbsent(source(input), name -> new ArrayList<>()).add(node);
            }
        }
        return sorted(graph, missing, users);
    }

    private static List<NodeDef> sorted(
            GraphDef graph, Map<String, Integer> missing, Map<String, List<NodeDef>> users) {
        Deque<NodeDef> ready = new ArrayDeque<>();
        graph.getNodeList().stream().filter(node -> node.getInputCount() == 0).forEach(ready::add);
        List<NodeDef> sorted = new ArrayList<>();
        while (!ready.isEmpty()) {
            NodeDef node = ready.remove();
            sorted.add(node);
            for (NodeDef user : users.getOrDefault(node.getName(), List.of())) {
                if (missing.merge(user.getName(), -1, Integer::sum) == 0) {
                    ready.add(user);
                }
            }
        }
        if (sorted.size() < graph.getNodeCount()) {
            throw new UnloadableModelException("the model's graph has a cycle");
        }
        return sorted;
    }

    static boolean isControl(String input) {
        return input.startsWith(CONTROL);
    }

    /** The node that an input comes from. */
    static String source(String input) {
        String name = isControl(input) ? input.substring(CONTROL.length()) : input;
        int output = name.indexOf(':');
        return output < 0 ? name : name.substring(0, output);
    }

    /**
     * Which output of its node an input is.
     *
     * @throws IllegalArgumentException when that isn't a number
     */
    static int output(String input) {
        int output = input.indexOf(':');
        return output < 0 ? 0 : Integer.parseInt(input.substring(output + 1));
    }
}
