package io.catwalk.console.view;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.qute.TemplateExtension;
import org.jspecify.annotations.Nullable;

/** What templates choose from services' answers. */
@TemplateExtension(namespace = "pick")
public final class Lists {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> UNFINISHED = Set.of("waiting", "open", "running");
    private static final int SHADES = 5;

    private Lists() {}

    /** An event's body. */
    public static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An element; null beyond the end. */
    public static @Nullable Object at(@Nullable JsonNode list, int index) {
        return list == null ? null : JsonValues.plain(list.get(index));
    }

    /** A class's name; its number where it has none. */
    public static String name(@Nullable JsonNode names, @Nullable Object number) {
        int index = number instanceof Number given ? given.intValue() : -1;
        return names != null && names.has(index) ? names.get(index).asText() : Formats.plain(number);
    }

    /** How many images of a class all splits have, of a manifest's counts. */
    public static long ofClass(JsonNode counts, int index) {
        return all(counts).stream()
                .mapToLong(split -> split.path("perClass").path(index).asLong())
                .sum();
    }

    /** How many the largest class has. */
    public static long largestClass(JsonNode counts, JsonNode names) {
        return IntStream.range(0, names.size())
                .mapToLong(index -> ofClass(counts, index))
                .max()
                .orElse(0);
    }

    /** Pairs of equal pictures whose places in the dataset are known. */
    public static List<JsonNode> placed(JsonNode pairs) {
        return all(pairs).stream().filter(pair -> pair.has("firstIndex")).toList();
    }

    /** The version that a label points at, of a model's labels; nothing where it points at none. */
    public static String holder(JsonNode labels, String label) {
        return all(labels).stream()
                .filter(held -> held.path("label").asText().equals(label))
                .map(held -> held.path("target").path("version").asText())
                .findFirst()
                .orElse("");
    }

    /** Jobs that aren't over. */
    public static List<JsonNode> unfinished(JsonNode jobs) {
        return all(jobs).stream()
                .filter(job -> UNFINISHED.contains(job.path("state").asText()))
                .toList();
    }

    /** Of a list of all models' those of one. */
    public static List<JsonNode> ofModel(JsonNode list, String model) {
        return all(list).stream()
                .filter(item -> item.path("model").asText().equals(model))
                .toList();
    }

    /** A model's label. */
    public static @Nullable JsonNode label(JsonNode model, String label) {
        return all(model.path("labels")).stream()
                .filter(item -> item.path("label").asText().equals(label))
                .findFirst()
                .orElse(null);
    }

    /** The pictures of an answer about a version's errors. */
    public static JsonNode pictures(JsonNode answer) {
        return answer.has("suspects") ? answer.path("suspects") : answer.path("samples");
    }

    /** At most so many of a list, from its start. */
    public static <T> List<T> first(List<T> list, int most) {
        return list.subList(0, Math.min(most, list.size()));
    }

    /** The last first. */
    public static List<Object> newestFirst(@Nullable JsonNode list) {
        List<Object> items = new ArrayList<>();
        if (list != null) {
            list.forEach(item -> items.add(0, JsonValues.plain(item)));
        }
        return items;
    }

    /** The shade of a count, by its share of its row: 0 for none, to 4. */
    public static int heat(JsonNode cell, JsonNode row) {
        long sum = all(row).stream().mapToLong(JsonNode::asLong).sum();
        return cell.asLong() == 0 ? 0 : (int) Math.min(SHADES - 1, 1 + SHADES * cell.asLong() / (sum + 1));
    }

    private static List<JsonNode> all(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }
}
