package io.catwalk.chart;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What of a release no upgrade may change: the fields that Kubernetes and Strimzi call immutable, and what claims are called. */
final class Frozen {
    /** Of a StatefulSet, after the API server's own message on updates. */
    private static final Set<String> CHANGEABLE = Set.of(
            "replicas",
            "ordinals",
            "template",
            "updateStrategy",
            "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy",
            "minReadySeconds");

    private Frozen() {}

    /** What differs though it must not, as {@code kind/name field}. */
    static List<String> violations(List<Resource> before, List<Resource> after) {
        Map<String, Object> old = fields(before);
        return fields(after).entrySet().stream()
                .filter(field -> old.containsKey(field.getKey()))
                .filter(field -> !old.get(field.getKey()).equals(field.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<String, Object> fields(List<Resource> resources) {
        Map<String, Object> fields = new TreeMap<>();
        resources.forEach(resource ->
                fieldsOf(resource).forEach((name, value) -> fields.put(resource + " " + name, value.orElse("absent"))));
        resources.stream()
                .filter(resource -> resource.kind().equals("StatefulSet"))
                .forEach(set -> fields.put("name of the claims of " + component(set), set.name()));
        return fields;
    }

    private static Map<String, Optional<Object>> fieldsOf(Resource resource) {
        Tree spec = resource.tree().at("spec");
        return switch (resource.kind()) {
            case "Job" -> Map.of("spec", spec.value());
            case "Deployment" -> Map.of("selector", spec.at("selector").value());
            case "Service" -> Map.of("clusterIP", spec.at("clusterIP").value());
            case "Secret" -> Map.of("type", resource.tree().at("type").value());
            case "KafkaTopic" -> Map.of("topicName", spec.at("topicName").value());
            case "StatefulSet" -> unchangeable(spec);
            default -> Map.of();
        };
    }

    private static Map<String, Optional<Object>> unchangeable(Tree spec) {
        Map<String, Optional<Object>> fields = new TreeMap<>();
        Stream.concat(spec.keys(), Stream.of("podManagementPolicy"))
                .filter(key -> !CHANGEABLE.contains(key))
                .forEach(key -> fields.put(key, spec.at(key).value()));
        return fields;
    }

    private static String component(Resource resource) {
        return resource.tree()
                .at("metadata", "labels", "app.kubernetes.io/component")
                .text();
    }
}
