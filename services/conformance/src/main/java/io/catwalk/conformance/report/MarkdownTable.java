package io.catwalk.conformance.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.catwalk.conformance.check.CheckResult;
import io.catwalk.conformance.check.Section;

/** The results as Markdown, a table for each section. */
public final class MarkdownTable {
    private MarkdownTable() {}

    /** What the report says, under a heading of the second level. */
    public static String of(Report report) {
        StringBuilder text = new StringBuilder("## %s%n%nModel `%s`, %s: %s.%n"
                .formatted(report.server(), report.model(), report.date(), report.summary()));
        Map<Section, List<CheckResult>> sections = report.results().stream()
                .collect(Collectors.groupingBy(CheckResult::section, LinkedHashMap::new, Collectors.toList()));
        sections.forEach((section, results) -> {
            text.append("%n### %s: %s%n%n%s%n%n".formatted(section.protocol().title(), section.title(), section.source()));
            text.append("| check | verdict | seen |%n|---|---|---|%n".formatted());
            results.forEach(result -> text.append("| %s | %s | %s |%n"
                    .formatted(result.check().name(), Report.verdict(result), code(result.seen()))));
        });
        return text.toString();
    }

    /** As code within a table's cell. */
    private static String code(String seen) {
        return seen.isEmpty() ? "" : "`` " + seen.replace("|", "\\|").replace("`", "'") + " ``";
    }
}
