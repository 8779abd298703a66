package io.catwalk.installation.history;

import java.util.Locale;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.catwalk.history.Finding;
import io.catwalk.history.Report;
import io.catwalk.history.Report.RuleTally;

/** A report for people and for programs. */
record ReportText(Report report) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** The rules in a table, then notes and findings. */
    String table() {
        StringBuilder text = new StringBuilder(line("%-24s %10s %9s", "rule", "checked", "findings"));
        for (RuleTally rule : report.rules()) {
            text.append(line("%-24s %,10d %,9d", rule.rule(), rule.checked(), rule.findings()));
        }
        report.notes().forEach(note -> text.append(line("note      %s", note)));
        for (Finding finding : report.findings()) {
            text.append(line("%n%s  %s", finding.rule(), finding.subject()))
                    .append(line("  expected  %s", finding.expected()))
                    .append(line("  found     %s", finding.found()))
                    .append(line("  next      %s", finding.next()));
        }
        return text.append("%n%,d findings".formatted(report.total())).toString();
    }

    /** One line. */
    String json() {
        try {
            return MAPPER.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report is always JSON", e);
        }
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format + "%n", values);
    }
}
