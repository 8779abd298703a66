package io.catwalk.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

    /** That of a kind and name among a chart's; it must be there. */
    static Resource named(List<Resource> resources, String kind, String name) {
        Optional<Resource> found = resources.stream()
                .filter(resource ->
                        resource.kind().equals(kind) && resource.name().equals(name))
                .findFirst();
        assertThat(found).as(kind + "/" + name).isPresent();
        return found.orElseThrow();
    }

    /** The spec of the pods that it makes. */
    Optional<Tree> podSpec() {
        return switch (kind()) {
            case "Pod", "Deployment", "StatefulSet", "Job", "CronJob" -> Optional.of(pod().at("spec"));
            default -> Optional.empty();
        };
    }

    Tree podMetadata() {
        return pod().at("metadata");
    }

    private Tree pod() {
        return switch (kind()) {
            case "Pod" -> tree;
            case "CronJob" -> tree.at("spec", "jobTemplate", "spec", "template");
            default -> tree.at("spec", "template");
        };
    }

    @Override
    public String toString() {
        return kind() + "/" + name();
    }
}
