package io.catwalk.chart;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A parsed YAML value, to be walked through without casts; a path that leads nowhere ends in an empty one. */
record Tree(Optional<Object> value) {
    static final Tree NONE = new Tree(Optional.empty());

    static Tree of(Object value) {
        return new Tree(Optional.of(value));
    }

    Tree at(String... path) {
        Tree tree = this;
        for (String key : path) {
            tree = new Tree(tree.value.filter(Map.class::isInstance).map(map -> ((Map<?, ?>) map).get(key)));
        }
        return tree;
    }

    /** A list's elements; none where there is no list. */
    Stream<Tree> elements() {
        return value.filter(List.class::isInstance).stream()
                .flatMap(list -> ((List<?>) list).stream())
                .map(Tree::of);
    }

    Stream<String> keys() {
        return value.filter(Map.class::isInstance).stream()
                .flatMap(map -> ((Map<?, ?>) map).keySet().stream())
                .map(String::valueOf);
    }

    /** As text; empty where there is nothing. */
    String text() {
        return value.map(String::valueOf).orElse("");
    }

    boolean isTrue() {
        return value.equals(Optional.of(true));
    }

    boolean isFalse() {
        return value.equals(Optional.of(false));
    }
}
