package io.catwalk.history;

import java.util.List;

/**
 * What a check has found.
 *
 * @param rules each rule with what it was applied to, in their order
 * @param findings the confirmed ones, the first {@value Findings#KEPT} of them
 * @param total how many there are
 * @param notes what is worth knowing and isn't wrong: dead letters, and what could not be judged
 */
public record Report(List<RuleTally> rules, List<Finding> findings, long total, List<String> notes) {
    public Report {
        rules = List.copyOf(rules);
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    public boolean isClean() {
        return total == 0;
    }

    /**
     * A rule's part in a check.
     *
     * @param checked how many jobs, journals, records, models or blobs it was applied to
     * @param findings how many of its findings are confirmed
     */
    public record RuleTally(String rule, long checked, long findings) {}
}
