package io.catwalk.access;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which models a key may call.
 *
 * @param patterns names, or starts of names with a trailing {@code *}; absent for all models
 */
public record ModelPatterns(Optional<List<String>> patterns) {
    /** Every model. */
    public static final ModelPatterns ALL = new ModelPatterns(Optional.empty());

    static final String FORM =
            "a model's name or the start of one with a trailing *, of at most 64 characters a-z, A-Z, 0-9, '.',"
                    + " '_' and '-'";

    private static final String ANY = "*";
    private static final Pattern VALID = Pattern.compile("(?=.{1,64}$)[A-Za-z0-9._-]*\\*?");

    /** @throws IllegalArgumentException when one is no pattern */
    public ModelPatterns {
        patterns = patterns.map(List::copyOf);
        patterns.ifPresent(list -> list.forEach(ModelPatterns::require));
    }

    /** These alone. */
    public static ModelPatterns of(List<String> patterns) {
        return new ModelPatterns(Optional.of(patterns));
    }

    static boolean isValid(String pattern) {
        return VALID.matcher(pattern).matches();
    }

    /** Whether a model is among them. */
    public boolean include(String model) {
        return patterns.isEmpty() || patterns.get().stream().anyMatch(pattern -> matches(pattern, model));
    }

    private static boolean matches(String pattern, String model) {
        return pattern.endsWith(ANY)
                ? model.startsWith(pattern.substring(0, pattern.length() - ANY.length()))
                : model.equals(pattern);
    }

    private static void require(String pattern) {
        if (!isValid(pattern)) {
            throw new IllegalArgumentException("a model is \"" + pattern + "\", must be " + FORM);
        }
    }
}
