package io.catwalk.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.google.gson.GsonBuilder;

/** The chart's values by their paths, as values.schema.json lists them. */
final class Values {
    private final Tree values = read("values.yaml");
    private final Tree schema = read("values.schema.json");
    private final SchemaSamples samples = new SchemaSamples(schema);

    /** A value: its path, its part of the schema. */
    record Value(List<String> path, Tree schema) {
        String name() {
            return String.join(".", path);
        }

        /** Values in which only this one is set. */
        Map<String, Object> set(Object to) {
            Object nested = to;
            for (String key : path.reversed()) {
                nested = Map.of(key, nested);
            }
            return asMap(nested);
        }
    }

    /** All that can be set on its own; global, which is for a chart's parents, aside. */
    Stream<Value> all() {
        return below(List.of(), schema).filter(value -> !value.name().equals("global"));
    }

    /** Values in which only this one is set: to another than in the values given or, without one there, by default. */
    Map<String, Object> changed(Value value, Tree base) {
        String[] path = value.path().toArray(String[]::new);
        Tree current = base.at(path).value().isPresent() ? base.at(path) : values.at(path);
        return value.set(samples.other(value.schema(), current));
    }

    /** One map over another, as Helm lays values over each other. */
    static Map<String, Object> over(Map<String, Object> base, Map<String, Object> top) {
        Map<String, Object> merged = new LinkedHashMap<>(base);
        top.forEach((key, value) -> merged.merge(
                key,
                value,
                (old, now) -> old instanceof Map && now instanceof Map ? over(asMap(old), asMap(now)) : now));
        return merged;
    }

    @SuppressWarnings("unchecked") // YAML's keys are strings here
    static Map<String, Object> asMap(Object value) {
        return (Map<String, Object>) value;
    }

    static Map<String, Object> parsed(String yaml) {
        Object map = Chart.yaml().load(yaml);
        return map == null ? Map.of() : asMap(map);
    }

    /** As the text of a values file: JSON, which is YAML of which nothing is read as something else. */
    static String file(Map<String, Object> values) {
        return new GsonBuilder().disableHtmlEscaping().create().toJson(values);
    }

    private Stream<Value> below(List<String> path, Tree unresolved) {
        Tree part = samples.resolved(unresolved);
        List<String> keys = part.at("properties").keys().toList();
        if (keys.isEmpty()) {
            return Stream.of(new Value(path, part));
        }
        return keys.stream()
                .flatMap(key ->
                        below(Stream.concat(path.stream(), Stream.of(key)).toList(), part.at("properties", key)));
    }

    private static Tree read(String file) {
        try {
            return Tree.of(Chart.yaml().load(Files.readString(Chart.FOLDER.resolve(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
