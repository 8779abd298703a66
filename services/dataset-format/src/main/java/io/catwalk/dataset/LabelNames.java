package io.catwalk.dataset;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** What classes are called: 2 to 256 names, as a label is one byte, each different and not blank. */
final class LabelNames {
    private static final int MIN_CLASSES = 2;
    private static final int MAX_CLASSES = 256;

    private LabelNames() {}

    static List<String> checked(List<String> names) {
        if (names.size() < MIN_CLASSES || names.size() > MAX_CLASSES) {
            throw new BadDatasetException(
                    "label names has " + names.size() + " entries, must have " + MIN_CLASSES + " to " + MAX_CLASSES);
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).isBlank()) {
                throw new BadDatasetException("label name " + i + " is blank");
            }
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
}
