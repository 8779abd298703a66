package io.catwalk.dataset;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Names one of a dataset's three parts. */
public enum SplitName {
    TRAIN,
    VALIDATION,
    TEST;

    /** By its name in lower case, as {@code test}. */
    public static Optional<SplitName> of(String text) {
        return Arrays.stream(values())
                .filter(split -> split.toString().equals(text))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
