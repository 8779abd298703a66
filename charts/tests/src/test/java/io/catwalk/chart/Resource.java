package io.catwalk.chart;

import java.util.Optional;

/** A rendered resource. */
record Resource(Tree tree) {
    String kind() {
        return tree.at("kind").text();
    }

    String name() {
        return tree.at("metadata", "name").text();
    }

    String apiVersion() {
        return tree.at("apiVersion").text();
    }

    /** The spec of the pods that it makes. */
    Optional<Tree> podSpec() {
        return switch (kind()) {
            case "Pod" -> Optional.of(tree.at("spec"));
            case "Deployment", "StatefulSet", "Job" -> Optional.of(tree.at("spec", "template", "spec"));
            default -> Optional.empty();
        };
    }

    Tree podMetadata() {
        return kind().equals("Pod") ? tree.at("metadata") : tree.at("spec", "template", "metadata");
    }

    @Override
    public String toString() {
        return kind() + "/" + name();
    }
}
