package io.catwalk.training.plan;

import java.util.Locale;

/** Choices of a request: constants of enums in lower case, with {@code -} in place of {@code _}. */
final class Choices {
    private Choices() {}

    /**
     * @param name empty for the default
     * @throws IllegalArgumentException for a name that no constant has
     */
    static <E extends Enum<E>> E chosen(String name, E otherwise) {
        return name.isEmpty()
                ? otherwise
                : Enum.valueOf(
                        otherwise.getDeclaringClass(),
                        name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
