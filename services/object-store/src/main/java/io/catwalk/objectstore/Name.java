package io.catwalk.objectstore;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A dataset's, model's, run's or request's name, safe as one segment of a key, a URL, a metric label and a file name.
 *
 * @param value matches {@code [a-z0-9][a-z0-9._-]{0,62}}
 */
public record Name(String value) implements Comparable<Name> {
    /** What a name must match, for messages and schemas. */
    public static final String PATTERN = "[a-z0-9][a-z0-9._-]{0,62}";

    private static final Pattern COMPILED = Pattern.compile(PATTERN);

    /** @throws IllegalArgumentException for anything that doesn't match {@link #PATTERN} */
    public Name {
        if (!isValid(value)) {
            throw new IllegalArgumentException("a name must match " + PATTERN);
        }
    }

    public static boolean isValid(String value) {
        return COMPILED.matcher(value).matches();
    }

    /** Those of these words that are names, in their order: a bucket may contain objects of other applications. */
    public static List<Name> among(Stream<String> words) {
        return words.filter(Name::isValid).map(Name::new).toList();
    }

    @Override
    public int compareTo(Name other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
