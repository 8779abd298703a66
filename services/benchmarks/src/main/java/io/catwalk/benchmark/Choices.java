package io.catwalk.benchmark;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists on the command line, separated by blanks or commas. */
final class Choices {
    private Choices() {}

    static Stream<String> words(String list) {
        return Arrays.stream(list.split("[\\s,]+")).filter(word -> !word.isEmpty());
    }

    /** @throws IllegalArgumentException for a word that isn't one of the type's values */
    static <E extends Enum<E>> Set<E> parse(String argument, Class<E> type, String list) {
        Set<E> chosen = EnumSet.noneOf(type);
        words(list)
                .forEach(word -> chosen.add(Arrays.stream(type.getEnumConstants())
                        .filter(value -> word(value).equals(word))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "%s has %s, must be of %s".formatted(argument, word, words(type))))));
        return chosen;
    }

    private static <E extends Enum<E>> String words(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Choices::word).collect(Collectors.joining(", "));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
