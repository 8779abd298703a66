package io.catwalk.conformance.report;

/** The results as Markdown, a table for each section. */
public final class MarkdownTable {
    private MarkdownTable() {}

    /** What the report says, under a heading of the second level. */
    public static String of(Report report) {
        StringBuilder text = new StringBuilder("## %s%n%nModel `%s`, %s: %s.%n"
                .formatted(report.server(), report.model(), report.date(), report.summary()));
        report.bySection().forEach((section, results) -> {
            text.append(
                    "%n### %s: %s%n%n%s.%n%n".formatted(section.protocol().title(), section.title(), section.source()));
            if (Report.isLeftOut(results)) {
                text.append(
                        "Not offered: %s%n".formatted(code(results.getFirst().seen())));
                return;
            }
            text.append("| check | verdict | seen |%n|---|---|---|%n".formatted());
            results.forEach(result -> text.append("| %s | %s | %s |%n"
                    .formatted(result.check().name(), Report.verdict(result), code(result.seen()))));
        });
        return text.toString();
    }

    /** As code within a table's cell. */
    static String code(String seen) {
        return seen.isEmpty() ? "" : "`` " + seen.replace("|", "\\|").replace("`", "'") + " ``";
    }
}
