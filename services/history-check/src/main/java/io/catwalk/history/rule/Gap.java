package io.catwalk.history.rule;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers that are missing.
 *
 * @param first of them
 * @param before the number after the last of them, which is there
 */
record Gap(long first, long before) {
    /** The gaps of ascending numbers that should begin with 1. */
    static List<Gap> of(Iterable<Long> numbers) {
        List<Gap> gaps = new ArrayList<>();
        long expected = 1;
        for (long number : numbers) {
            if (number > expected) {
                gaps.add(new Gap(expected, number));
            }
            expected = number + 1;
        }
        return gaps;
    }
}
