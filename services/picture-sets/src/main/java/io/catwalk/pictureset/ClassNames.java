package io.catwalk.pictureset;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.catwalk.dataset.BadDatasetException;

/** The classes of a set, numbered as they come, and in the end by their names' order. */
final class ClassNames {
    private static final int MOST = 256;

    private final Map<String, Integer> numbers = new HashMap<>();

    /** @throws BadDatasetException for one class too many */
    int number(String name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        if (numbers.size() >= MOST) {
            throw new BadDatasetException(
                    "the set has more than " + MOST + " classes: " + EntryPath.shown(name) + " is one more");
        }
        numbers.put(name, numbers.size());
        return numbers.size() - 1;
    }

    /**
     * In the order of their names.
     *
     * @throws BadDatasetException for fewer than two
     */
    List<String> sorted() {
        if (numbers.size() < 2) {
            throw new BadDatasetException("the set has " + numbers.size() + " classes, must have at least 2");
        }
        return numbers.keySet().stream().sorted().toList();
    }

    /** By the numbers as the classes came, those in the order of names. */
    int[] renumbering() {
        List<String> names = sorted();
        int[] renumbering = new int[names.size()];
        for (int sorted = 0; sorted < renumbering.length; sorted++) {
            renumbering[numbers.getOrDefault(names.get(sorted), -1)] = sorted;
        }
        return renumbering;
    }
}
