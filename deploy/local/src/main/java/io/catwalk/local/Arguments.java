package io.catwalk.local;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A command line of {@code --name value} pairs. */
public final class Arguments {
    private final Map<String, String> values;

    private Arguments(Map<String, String> values) {
        this.values = values;
    }

    /** @throws IllegalArgumentException for an unknown name, a duplicate, or a missing value */
    public static Arguments parse(List<String> words, Set<String> known) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < words.size(); i += 2) {
            String name = words.get(i);
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "unknown argument " + name + "; known are " + String.join(", ", new TreeSet<>(known)));
            }
            if (i + 1 == words.size()) {
                throw new IllegalArgumentException(name + " has no value");
            }
            if (values.put(name, words.get(i + 1)) != null) {
                throw new IllegalArgumentException(name + " stands twice");
            }
        }
        return new Arguments(values);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** @throws IllegalArgumentException when it isn't there */
    public String required(String name) {
        return text(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }

    /** @throws IllegalArgumentException when it isn't a whole number within the limits, both included */
    public Optional<Integer> number(String name, int least, int most) {
        return text(name).map(value -> parse(name, value, least, most));
    }

    /** @throws IllegalArgumentException when the value isn't a whole number within the limits, both included */
    public static int parse(String name, String value, int least, int most) {
        String error = "%s is %s, must be a whole number from %d to %d".formatted(name, value, least, most);
        try {
            int number = Integer.parseInt(value);
            if (number < least || number > most) {
                throw new IllegalArgumentException(error);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(error, e);
        }
    }
}
