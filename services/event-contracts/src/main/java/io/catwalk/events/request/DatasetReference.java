package io.catwalk.events.request;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dataset by name, or exactly one content of it.
 *
 * @param name matches {@link #NAME_PATTERN}
 * @param digest of the dataset's manifest, {@code sha256:<64 lower-case hex digits>}; empty for the newest content
 */
public record DatasetReference(String name, Optional<String> digest) {
    /** What the names of datasets, models, runs and labels must match. */
    public static final String NAME_PATTERN = "[a-z0-9][a-z0-9._-]{0,62}";

    private static final Pattern REFERENCE = Pattern.compile("(" + NAME_PATTERN + ")(?:@(sha256:[0-9a-f]{64}))?");

    /** @throws IllegalArgumentException for a name or digest that isn't one */
    public DatasetReference {
        check(name + digest.map(text -> "@" + text).orElse(""));
    }

    /** @throws IllegalArgumentException for anything but {@code name} and {@code name@sha256:<64 hex digits>} */
    public static DatasetReference parse(String text) {
        Matcher reference = check(text);
        return new DatasetReference(reference.group(1), Optional.ofNullable(reference.group(2)));
    }

    public static boolean isValid(String text) {
        return REFERENCE.matcher(text).matches();
    }

    private static Matcher check(String text) {
        Matcher reference = REFERENCE.matcher(text);
        if (!reference.matches()) {
            throw new IllegalArgumentException("a dataset must be name or name@sha256:<64 lower-case hex digits>, "
                    + "a name matching " + NAME_PATTERN);
        }
        return reference;
    }

    @Override
    public String toString() {
        return name + digest.map(text -> "@" + text).orElse("");
    }
}
