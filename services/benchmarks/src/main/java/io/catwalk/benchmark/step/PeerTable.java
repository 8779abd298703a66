package io.catwalk.benchmark.step;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.catwalk.benchmark.round.Contestant;
import io.catwalk.benchmark.round.Rounds;

/**
 * Catwalk's rate and those of one peer's forms, in one precision.
 *
 * @param forms that were measured, at least one
 */
record PeerTable(Rounds rounds, Contestant catwalk, List<Contestant> forms) {
    private static final String ROW = "%-62s %,.0f images/s";

    PeerTable {
        forms = List.copyOf(forms);
    }

    /** A row for Catwalk and one for each form. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(ROW.formatted(catwalk.name(), rounds.median(catwalk)));
        forms.forEach(form -> lines.add(line(form)));
        return lines;
    }

    /** The row of the fastest form. */
    String best() {
        return line(
                forms.stream().max(Comparator.comparingDouble(rounds::median)).orElseThrow());
    }

    private String line(Contestant form) {
        return ROW.formatted(form.name(), rounds.median(form))
                + ", Catwalk is %.2f times as fast".formatted(rounds.ratio(catwalk, form));
    }
}
