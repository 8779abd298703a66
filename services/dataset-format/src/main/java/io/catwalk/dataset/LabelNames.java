package io.catwalk.dataset;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The rules for what classes are called: 2 to 256 names, each different, not blank, short and without controls. */
final class LabelNames {
    private static final int MIN_CLASSES = 2;
    private static final int MAX_CLASSES = 256;
    private static final int MAX_LENGTH = 64;

    private LabelNames() {}

    static List<String> checked(List<String> names) {
        if (names.size() < MIN_CLASSES || names.size() > MAX_CLASSES) {
            throw new BadDatasetException(
                    "label names has " + names.size() + " entries, must have " + MIN_CLASSES + " to " + MAX_CLASSES);
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            check(i, names.get(i));
            if (!seen.add(names.get(i))) {
                throw new BadDatasetException("label name " + i + " is " + names.get(i) + ", as one before it");
            }
        }
        return List.copyOf(names);
    }

    /** The numbers of the classes, for data without names. */
    static List<String> numbers(int classes) {
        return checked(IntStream.range(0, classes).mapToObj(Integer::toString).toList());
    }

    private static void check(int index, String name) {
        if (name.isBlank() || name.length() > MAX_LENGTH) {
            throw new BadDatasetException("label name " + index + " has "
                    + name.strip().length() + " characters, must have 1 to " + MAX_LENGTH);
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new BadDatasetException("label name " + index + " has a control character");
        }
    }
}
