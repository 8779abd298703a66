package io.catwalk.benchmark.step;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.catwalk.benchmark.figures.Figures;
import io.catwalk.benchmark.peak.FmaPeak;
import io.catwalk.benchmark.peak.MatMulPeak;
import io.catwalk.benchmark.round.Contestant;
import io.catwalk.benchmark.round.Rounds;
import io.catwalk.network.Network;
import io.catwalk.network.training.Precision;

/** Training steps as Catwalk makes them against others', and against the most that the machine does, in turns. */
public final class StepThroughput {
    private static final double GIGA = 1e9;

    private final StepCost cost;
    private final Workshop workshop;
    private final int threads;
    private final int count;

    /**
     * @param threads that each may use
     * @param root the source tree, whose {@code .cache} takes the Python environment
     * @param count of rounds that are measured
     */
    public StepThroughput(Network network, Batches batches, int threads, Path root, int count) {
        this.cost = StepCost.of(network);
        this.threads = threads;
        this.count = count;
        this.workshop =
                new Workshop(network, batches, threads, root.resolve("services/benchmarks"), root.resolve(".cache"));
    }

    public List<Figures> measure(Set<Peer> peers) {
        List<Contestant> opened = new ArrayList<>();
        try {
            Contestant catwalk = add(opened, workshop.catwalk());
            List<Contestant> peaks = List.of(add(opened, new FmaPeak(threads)), add(opened, new MatMulPeak()));
            Optional<Contestant> inBfloat16 = workshop.catwalkInBfloat16();
            inBfloat16.ifPresent(opened::add);
            Set<Precision> precisions =
                    inBfloat16.isPresent() ? EnumSet.allOf(Precision.class) : EnumSet.of(Precision.FLOAT32);
            List<PeerForm> forms = workshop.forms(peers, precisions);
            forms.forEach(form -> opened.add(form.contestant()));
            Rounds rounds = Rounds.of(count, opened);
            List<Figures> figures = new ArrayList<>();
            figures.add(steps(rounds, Precision.FLOAT32, catwalk, forms));
            inBfloat16.ifPresent(own -> figures.add(steps(rounds, Precision.BFLOAT16, own, forms)));
            figures.add(shares(rounds, catwalk, peaks));
            return figures;
        } finally {
            opened.forEach(Contestant::close);
        }
    }

    private Figures steps(Rounds rounds, Precision precision, Contestant catwalk, List<PeerForm> forms) {
        List<PeerForm> own =
                forms.stream().filter(form -> form.precision() == precision).toList();
        return new Figures(
                "Training steps, tutorial-cnn, %s, batch %d, %d threads, medians of %d rounds of %d steps in turns"
                        .formatted(
                                precision.name().toLowerCase(Locale.ROOT),
                                workshop.batches().size(),
                                threads,
                                count,
                                workshop.batches().count()),
                new PeerTable(rounds, catwalk, own).lines());
    }

    private Figures shares(Rounds rounds, Contestant catwalk, List<Contestant> peaks) {
        Contestant highest =
                peaks.stream().max(Comparator.comparingDouble(rounds::median)).orElseThrow();
        double share = rounds.ratio(catwalk, highest) * cost.flops();
        Stream<String> lines =
                peaks.stream().map(peak -> line(peak, "%,.0f GFLOP/s".formatted(rounds.median(peak) / GIGA)));
        return new Figures(
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
