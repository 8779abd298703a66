package io.catwalk.conformance.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.conformance.check.Level;
import io.catwalk.conformance.check.Protocol;
import io.catwalk.conformance.check.Verdict;

/** Several servers' results side by side, as Markdown: a column for each, and below what was seen where a check fails. */
public final class Comparison {
    private static final String NONE = "";

    private final List<JsonNode> reports;

    /** @param reports as {@link JsonReport} writes them */
    public Comparison(List<JsonNode> reports) {
        this.reports = List.copyOf(reports);
    }

    /** A table of sums, one for each section, and a list of failures for each server. */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(head("date"))
                .append(row("made", report -> report.path("date").asText()));
        for (Verdict verdict : Verdict.values()) {
            text.append(row(verdict.title(), report -> Long.toString(count(report, verdict))));
        }
        sections().forEach((title, checks) -> {
            text.append("%n### %s%n%n".formatted(title)).append(head("check"));
            checks.forEach(check -> text.append(row(check, report -> verdict(report, title, check))));
        });
        reports.forEach(report -> text.append(failures(report)));
        return text.toString();
    }

    private String head(String first) {
        return "| %s | %s |%n|---|%s%n"
                .formatted(
                        first,
                        reports.stream()
                                .map(report -> report.path("server").asText())
                                .collect(Collectors.joining(" | ")),
                        "---|".repeat(reports.size()));
    }

    private String row(String first, Cell cell) {
        return "| %s | %s |%n".formatted(first, reports.stream().map(cell::of).collect(Collectors.joining(" | ")));
    }

    /** All reports' checks by section, in the order of the first report that has them. */
    private Map<String, Set<String>> sections() {
        Map<String, Set<String>> sections = new LinkedHashMap<>();
        reports.forEach(report -> report.path("results")
                .forEach(result -> sections.computeIfAbsent(section(result), title -> new LinkedHashSet<>())
                        .add(result.path("check").asText())));
        return sections;
    }

    private static String section(JsonNode result) {
        Protocol protocol = Protocol.valueOf(result.path("protocol").asText());
        return protocol.title() + ": " + result.path("section").asText();
    }

    private static String verdict(JsonNode report, String section, String check) {
        for (JsonNode result : report.path("results")) {
            if (section(result).equals(section) && result.path("check").asText().equals(check)) {
                return verdict(result);
            }
        }
        return NONE;
    }

    private static String verdict(JsonNode result) {
        Verdict verdict = Verdict.valueOf(result.path("verdict").asText());
        boolean soft = result.path("level").asText().equals(Level.RECOMMENDED.name());
        return switch (verdict) {
            case PASS -> verdict.title();
            case FAIL -> soft ? "fail (recommended)" : "**fail**";
            case NOT_OFFERED -> "–";
        };
    }

    private static long count(JsonNode report, Verdict wanted) {
        long count = 0;
        for (JsonNode result : report.path("results")) {
            count += result.path("verdict").asText().equals(wanted.name()) ? 1 : 0;
        }
        return count;
    }

    private static String failures(JsonNode report) {
        List<String> lines = new ArrayList<>();
        for (JsonNode result : report.path("results")) {
            if (result.path("verdict").asText().equals(Verdict.FAIL.name())) {
                lines.add("| %s | %s | %s |"
                        .formatted(
                                section(result),
                                result.path("check").asText(),
                                MarkdownTable.code(result.path("seen").asText())));
            }
        }
        return lines.isEmpty()
                ? ""
                : "%n### What %s answered where a check fails%n%n| section | check | seen |%n|---|---|---|%n%s%n"
                        .formatted(report.path("server").asText(), String.join(System.lineSeparator(), lines));
    }

    /** What a report has in a row. */
    private interface Cell {
        String of(JsonNode report);
    }
}
