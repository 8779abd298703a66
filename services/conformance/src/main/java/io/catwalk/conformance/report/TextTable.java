package io.catwalk.conformance.report;

import java.util.List;
import java.util.function.Function;

import io.catwalk.conformance.check.CheckResult;
import io.catwalk.conformance.check.Verdict;

/** The results for a terminal: a line for each check, and one for a section that isn't offered. */
public final class TextTable {
    private TextTable() {}

    /** What the report says, ended by its summary. */
    public static String of(Report report) {
        StringBuilder text = new StringBuilder();
        List<CheckResult> results = report.results();
        String form = "%%-%ds  %%-%ds  %%-%ds  %%-%ds  %%s%%n"
                .formatted(
                        width(results, result -> result.section().protocol().title()),
                        width(results, result -> result.section().title()),
                        width(results, result -> result.check().name()),
                        width(results, Report::verdict));
        text.append(form.formatted("protocol", "section", "check", "verdict", "seen"));
        report.bySection().forEach((section, own) -> {
            if (Report.isLeftOut(own)) {
                text.append(form.formatted(
                        section.protocol().title(),
                        section.title(),
                        own.size() + " checks",
                        Verdict.NOT_OFFERED.title(),
                        own.getFirst().seen()));
            } else {
                own.forEach(result -> text.append(form.formatted(
                        section.protocol().title(),
                        section.title(),
                        result.check().name(),
                        Report.verdict(result),
                        result.seen())));
            }
        });
        return text.append("%n%s, model %s: %s%n".formatted(report.server(), report.model(), report.summary()))
                .toString();
    }

    private static int width(List<CheckResult> results, Function<CheckResult, String> column) {
        return results.stream().map(column).mapToInt(String::length).max().orElse(1);
    }
}
