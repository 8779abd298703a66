package io.catwalk.pictureset;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonValue;

/** The parts of a set. */
public enum Split {
    TRAIN("train", "training"),
    VALIDATION("validation", "valid", "val"),
    TEST("test", "testing");

    private final Set<String> names;

    Split(String... names) {
        this.names = Set.of(names);
    }

    /** Named in any case, as folders are; empty for another name. */
    public static Optional<Split> named(String name) {
        return Stream.of(values())
                .filter(split -> split.names.contains(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
