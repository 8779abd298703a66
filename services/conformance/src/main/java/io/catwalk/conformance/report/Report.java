package io.catwalk.conformance.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.catwalk.conformance.check.CheckResult;
import io.catwalk.conformance.check.Level;
import io.catwalk.conformance.check.Section;
import io.catwalk.conformance.check.Verdict;

/**
 * A server's results.
 *
 * @param server its address, or the name that the caller gives it
 * @param date of the run, as {@code 2026-11-29}
 */
public record Report(String server, String model, String date, List<CheckResult> results) {
    public Report {
        results = List.copyOf(results);
    }

    /** Whether all required checks hold. */
    public boolean conforms() {
        return results.stream().noneMatch(CheckResult::breaksTheSpecification);
    }

    /** How many checks had each verdict, as {@code 100 pass, 2 fail, 3 not offered}. */
    public String summary() {
        return Arrays.stream(Verdict.values())
                .map(verdict -> count(verdict) + " " + verdict.title())
                .collect(Collectors.joining(", "));
    }

    /** In their order. */
    Map<Section, List<CheckResult>> bySection() {
        return results.stream()
                .collect(Collectors.groupingBy(CheckResult::section, LinkedHashMap::new, Collectors.toList()));
    }

    /** Whether none of a section's checks was made. */
    static boolean isLeftOut(List<CheckResult> section) {
        return section.stream()
                .allMatch(result -> result.verdict() == Verdict.NOT_OFFERED
                        && result.seen().equals(section.getFirst().seen()));
    }

    /** A result's verdict for a table: a failure tells if it is of a recommendation alone. */
    static String verdict(CheckResult result) {
        boolean soft = result.verdict() == Verdict.FAIL && result.check().level() == Level.RECOMMENDED;
        return result.verdict().title() + (soft ? " (recommended)" : "");
    }

    private long count(Verdict verdict) {
        return results.stream().filter(result -> result.verdict() == verdict).count();
    }
}
