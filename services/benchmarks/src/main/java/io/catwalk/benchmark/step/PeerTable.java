package io.catwalk.benchmark.step;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import io.catwalk.benchmark.round.Contestant;
import io.catwalk.benchmark.round.Rounds;

/**
 * Catwalk's rate beside those of all forms of its peers, in one precision.
 *
 * @param forms that took part in the rounds
 */
record PeerTable(Rounds rounds, Contestant catwalk, List<PeerForm> forms) {
    private static final String ROW = "%-62s %,.0f images/s";

    PeerTable {
        forms = List.copyOf(forms);
    }

    /** A row for each form, which says so if it is its peer's best; last, the ratio to the best peer. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(ROW.formatted(catwalk.name(), rounds.median(catwalk)));
        forms.forEach(form -> lines.add(line(form)));
        best(forms.stream().filter(form -> form.peer() != Peer.NAIVE))
                .ifPresent(best -> lines.add("Catwalk is %.2f times as fast as the best peer, %s"
                        .formatted(
                                rounds.ratio(catwalk, best.contestant()),
                                best.contestant().name())));
        return lines;
    }

    private String line(PeerForm form) {
        String rate = ROW.formatted(form.contestant().name(), rounds.median(form.contestant()));
        String ratio = ", Catwalk is %.2f times as fast".formatted(rounds.ratio(catwalk, form.contestant()));
        return rate + ratio + (isItsPeersBest(form) ? ", best of " + word(form.peer()) : "");
    }

    private boolean isItsPeersBest(PeerForm form) {
        return best(forms.stream().filter(other -> other.peer() == form.peer())).equals(Optional.of(form));
    }

    private Optional<PeerForm> best(Stream<PeerForm> some) {
        return some.max(Comparator.comparingDouble(form -> rounds.median(form.contestant())));
    }

    private static String word(Peer peer) {
        return peer.name().toLowerCase(Locale.ROOT);
    }
}
