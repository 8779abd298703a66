package io.catwalk.benchmark.step;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.catwalk.benchmark.peak.FmaPeak;
import io.catwalk.benchmark.peak.MatMulPeak;
import io.catwalk.benchmark.result.BenchmarkResult;
import io.catwalk.benchmark.round.Contestant;
import io.catwalk.benchmark.round.Rounds;
import io.catwalk.network.Network;
import io.catwalk.network.training.Precision;

/** Catwalk's training steps against peers and against the machine's peak, in turns. */
public final class StepThroughput {
    private static final double GIGA = 1e9;

    private final StepCost cost;
    private final Contestants contestants;
    private final int threads;
    private final int count;

    /**
     * @param threads that each may use
     * @param root the source tree, whose {@code .cache} takes the Python environment
     * @param count of measured rounds
     */
    public StepThroughput(Network network, Batches batches, int threads, Path root, int count) {
        this.cost = StepCost.of(network);
        this.threads = threads;
        this.count = count;
        this.contestants =
                new Contestants(network, batches, threads, root.resolve("services/benchmarks"), root.resolve(".cache"));
    }

    /**
     * Measures each peer and each precision separately: processes that wait for many others get swapped out and slow down.
     */
    public List<BenchmarkResult> measure(Set<Peer> peers) {
        List<BenchmarkResult> figures = new ArrayList<>();
        List<String> best = new ArrayList<>();
        for (Precision precision : Precision.values()) {
            for (Peer peer : peers) {
                contestants
                        .catwalk(precision)
                        .ifPresent(catwalk -> against(peer, precision, catwalk).ifPresent(table -> {
                            figures.add(steps(precision, table));
                            best.add(table.best());
                        }));
            }
        }
        figures.add(new BenchmarkResult("Catwalk's training steps against each peer's best form", best));
        figures.add(shares());
        return figures;
    }

    private Optional<PeerTable> against(Peer peer, Precision precision, Contestant catwalk) {
        List<Contestant> opened = new ArrayList<>(List.of(catwalk));
        try {
            List<Contestant> forms = contestants.forms(peer, precision);
            opened.addAll(forms);
            return forms.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new PeerTable(Rounds.of(count, opened), catwalk, forms));
        } finally {
            opened.forEach(Contestant::close);
        }
    }

    private BenchmarkResult steps(Precision precision, PeerTable table) {
        return new BenchmarkResult(
                "Training steps, tutorial-cnn, %s, batch %d, %d threads, medians of %d rounds of %d steps in turns"
                        .formatted(
                                precision.name().toLowerCase(Locale.ROOT),
                                contestants.batches().size(),
                                threads,
                                count,
                                contestants.batches().count()),
                table.lines());
    }

    private BenchmarkResult shares() {
        List<Contestant> opened = new ArrayList<>();
        try {
            Contestant catwalk =
                    add(opened, contestants.catwalk(Precision.FLOAT32).orElseThrow());
            List<Contestant> peaks = List.of(add(opened, new FmaPeak(threads)), add(opened, new MatMulPeak()));
            return shares(Rounds.of(count, opened), catwalk, peaks);
        } finally {
            opened.forEach(Contestant::close);
        }
    }

    private BenchmarkResult shares(Rounds rounds, Contestant catwalk, List<Contestant> peaks) {
        Contestant highest =
                peaks.stream().max(Comparator.comparingDouble(rounds::median)).orElseThrow();
        double share = rounds.ratio(catwalk, highest) * cost.flops();
        Stream<String> lines =
                peaks.stream().map(peak -> line(peak, "%,.0f GFLOP/s".formatted(rounds.median(peak) / GIGA)));
        return new BenchmarkResult(
                "The most that %d threads do, in the same rounds".formatted(threads),
                Stream.concat(
                                lines,
                                Stream.of(
                                        line(
                                                catwalk,
                                                "%,.0f GFLOP/s, %.1f %% of the higher"
                                                        .formatted(
                                                                rounds.median(catwalk) * cost.flops() / GIGA,
                                                                share * 100)),
                                        cost.explanation()))
                        .toList());
    }

    private static Contestant add(List<Contestant> all, Contestant one) {
        all.add(one);
        return one;
    }

    private static String line(Contestant contestant, String figures) {
        return "%-46s %s".formatted(contestant.name(), figures);
    }
}
