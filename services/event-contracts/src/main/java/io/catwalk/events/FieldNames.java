package io.catwalk.events;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** The names of a message's fields in proto3 JSON: {@code learningRate}, and as its definition has it, {@code learning_rate}. */
public final class FieldNames {
    private static final Map<Descriptor, Map<String, FieldDescriptor>> FIELDS = new ConcurrentHashMap<>();
    private static final JaroWinklerSimilarity SIMILARITY = new JaroWinklerSimilarity();
    /** Of 0 to 1; two names that aren't meant to be the same rarely reach it. */
    private static final double SIMILAR = 0.8;

    private static final int LONGEST_COMPARED = 64;
    private static final Pattern SEPARATORS = Pattern.compile("[-_ .]");

    private FieldNames() {}

    /** The field with either name. */
    public static Optional<FieldDescriptor> find(Descriptor message, String name) {
        return Optional.ofNullable(
                FIELDS.computeIfAbsent(message, FieldNames::byName).get(name));
    }

    /** What to write in place of a name that no field has: the nearest one, else all there are. */
    public static String hint(Descriptor message, String unknown) {
        if (message.getFields().isEmpty()) {
            return "; there is none";
        }
        return nearest(message, unknown)
                .map(name -> "; did you mean " + name + "?")
                .orElseGet(() -> message.getFields().stream()
                        .map(FieldDescriptor::getJsonName)
                        .collect(Collectors.joining(", ", "; there are ", "")));
    }

    private static Optional<String> nearest(Descriptor message, String unknown) {
        if (unknown.length() > LONGEST_COMPARED) {
            return Optional.empty();
        }
        record Candidate(String name, double similarity) {}
        String letters = letters(unknown);
        return message.getFields().stream()
                .map(FieldDescriptor::getJsonName)
                .map(name -> new Candidate(name, SIMILARITY.apply(letters(name), letters)))
                .filter(candidate -> candidate.similarity() >= SIMILAR)
                .max(Comparator.comparingDouble(Candidate::similarity))
                .map(Candidate::name);
    }

    /** Without case and separators, which is what most misspellings differ in. */
    private static String letters(String name) {
        return SEPARATORS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
    }

    private static Map<String, FieldDescriptor> byName(Descriptor message) {
        Map<String, FieldDescriptor> fields = new LinkedHashMap<>();
        message.getFields().forEach(field -> {
            fields.put(field.getName(), field);
            fields.put(field.getJsonName(), field);
        });
        return Map.copyOf(fields);
    }
}
