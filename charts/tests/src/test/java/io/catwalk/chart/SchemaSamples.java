package io.catwalk.chart;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes values that a part of values.schema.json allows. */
final class SchemaSamples {
    private static final List<String> TEXTS = List.of(
            "changed",
            "7Gi",
            "7d",
            "700m",
            "sha256:" + "7".repeat(64),
            "7".repeat(64),
            "2027-07-07T07:07:07Z",
            "https://changed.example.org",
            "https://changed.example.org/",
            "changed.example.org:9092",
            "example.org/changed",
            "10.0.0.0/8",
            "/changed",
            "changed/",
            "@daily");

    private final Tree schema;

    SchemaSamples(Tree schema) {
        this.schema = schema;
    }

    /** A part with its reference followed. */
    Tree resolved(Tree part) {
        String reference = part.at("$ref").text();
        return reference.isEmpty()
                ? part
                : resolved(schema.at(reference.substring(2).split("/")));
    }

    /** A value that is allowed and differs from the one given. */
    Object other(Tree unresolved, Tree current) {
        Tree part = resolved(unresolved);
        if (part.at("enum").value().isPresent()) {
            return first(part.at("enum").elements().map(SchemaSamples::raw), current);
        }
        if (part.at("type").value().isEmpty() && part.at("oneOf").value().isPresent()) {
            return other(part.at("oneOf").elements().findFirst().orElseThrow(), current);
        }
        return switch (type(part)) {
            case "boolean" -> !current.isTrue();
            case "integer", "number" -> number(part, current);
            case "string" -> text(part, current);
            case "array" -> List.of(other(part.at("items"), Tree.NONE));
            case "object" -> object(part);
            default -> throw new IllegalArgumentException("no sample of " + part);
        };
    }

    private static String type(Tree part) {
        return part.at("type").elements().findFirst().orElse(part.at("type")).text();
    }

    private static long number(Tree part, Tree current) {
        long least = part.at("minimum").value().map(SchemaSamples::whole).orElse(0L);
        long most = part.at("maximum").value().map(SchemaSamples::whole).orElse(1_000_000L);
        long now = current.value().map(SchemaSamples::whole).orElse(least - 1);
        return now < most ? Math.max(now + 1, least) : now - 1;
    }

    private static long whole(Object number) {
        return ((Number) number).longValue();
    }

    private static Object text(Tree part, Tree current) {
        Pattern pattern = Pattern.compile(part.at("pattern").text());
        return first(TEXTS.stream().filter(text -> pattern.matcher(text).find()), current);
    }

    private Object object(Tree part) {
        Tree entries = part.at("additionalProperties");
        if (entries.at("$ref").value().isPresent() || entries.keys().findAny().isPresent()) {
            return Map.of("changed", other(entries, Tree.NONE));
        }
        Set<String> needed = needed(part);
        Map<String, Object> sample = new LinkedHashMap<>();
        part.at("properties")
                .keys()
                .filter(key -> needed.isEmpty() || needed.contains(key))
                .forEach(key -> sample.put(key, other(part.at("properties", key), Tree.NONE)));
        return sample.isEmpty() ? Map.of("changed", "changed") : sample;
    }

    private static Set<String> needed(Tree part) {
        Stream<Tree> oneOf = part.at("oneOf")
                .elements()
                .limit(1)
                .flatMap(one -> one.at("required").elements());
        Set<String> needed = Stream.concat(part.at("required").elements(), oneOf)
                .map(Tree::text)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        long least = part.at("minProperties").value().map(SchemaSamples::whole).orElse(0L);
        part.at("properties").keys().filter(key -> needed.size() < least).forEach(needed::add);
        return needed;
    }

    private static Object first(Stream<?> candidates, Tree current) {
        Optional<?> found = candidates
                .filter(candidate -> !Objects.equals(String.valueOf(candidate), current.text()))
                .findFirst();
        return found.orElseThrow(() -> new IllegalArgumentException("nothing but " + current.text()));
    }

    private static Object raw(Tree tree) {
        return tree.value().orElseThrow();
    }
}
