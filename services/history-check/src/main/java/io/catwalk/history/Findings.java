package io.catwalk.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.catwalk.history.rule.Finder;
import io.catwalk.history.rule.Rule;

/** Applies rules and keeps what they find. Safe for several threads. */
final class Findings {
    /** Beyond this they are only counted. */
    static final int KEPT = 10_000;

    private final List<Finding> kept = new ArrayList<>();
    private final Map<String, Long> checked = new LinkedHashMap<>();
    private long total;

    <S> void apply(List<? extends Rule<? super S>> rules, String unit, S snapshot) {
        for (Rule<? super S> rule : rules) {
            count(rule.name());
            Finder finder = (subject, expected, actual, next) ->
                    add(new Finding(rule.name(), unit, subject, expected, actual, next));
            rule.check(snapshot, finder);
        }
    }

    private synchronized void count(String rule) {
        checked.merge(rule, 1L, Long::sum);
    }

    private synchronized void add(Finding finding) {
        total++;
        if (kept.size() < KEPT) {
            kept.add(finding);
        }
    }

    synchronized List<Finding> all() {
        return List.copyOf(kept);
    }

    synchronized long total() {
        return total;
    }

    synchronized long checked(String rule) {
        return checked.getOrDefault(rule, 0L);
    }

    /** The units that have to be read again. */
    synchronized Set<String> units() {
        Set<String> units = new TreeSet<>();
        kept.forEach(finding -> units.add(finding.unit()));
        return units;
    }
}
