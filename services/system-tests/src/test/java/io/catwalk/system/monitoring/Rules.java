package io.catwalk.system.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.catwalk.local.StackSettings;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The alert and recording rules. */
public final class Rules {
    private static final Path FILE = StackSettings.ownRoot().resolve("charts/catwalk/rules/catwalk.yaml");
    private static final Pattern SELECTOR = Pattern.compile(
            "(?<![\\w:])(?:up|(?:catwalk|jvm|kafka|model:|namespace:|topic_outcome:|kind_outcome:)[\\w:]*)(?:\\{[^}]*})?");

    private Rules() {}

    /** All of them, in the order of the file. */
    public static List<Rule> all() {
        try {
            Map<?, ?> file = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(FILE));
            return list(file.get("groups"))
                    .flatMap(group -> list(group.get("rules")))
                    .map(rule -> new Rule(
                            String.valueOf(rule.get(rule.containsKey("alert") ? "alert" : "record")),
                            rule.containsKey("alert"),
                            String.valueOf(rule.get("expr"))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Map<?, ?>> list(Object value) {
        return value instanceof List<?> elements
                ? elements.stream().<Map<?, ?>>map(element -> (Map<?, ?>) element)
                : Stream.of();
    }

    /** A rule: an alert fires where its expression gives anything, else what it gives is recorded under the name. */
    public record Rule(String name, boolean alert, String expression) {
        /** The series that it selects, as {@code catwalk_runs{state="open"}}. */
        public List<String> selectors() {
            return SELECTOR.matcher(expression)
                    .results()
                    .map(MatchResult::group)
                    .distinct()
                    .toList();
        }
    }
}
