package io.catwalk.benchmark.round;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.catwalk.benchmark.result.BenchmarkResult;

/** The rates of contestants in each round. */
public final class Rounds {
    private final Map<Contestant, List<Double>> rates = new LinkedHashMap<>();

    private Rounds() {}

    /**
     * Measures all in turns, after a warm-up round of each. In its turn each works twice and only the second round counts, as
     * waiting for the others leaves its caches cold.
     */
    public static Rounds of(int count, List<? extends Contestant> contestants) {
        Rounds rounds = new Rounds();
        for (Contestant contestant : contestants) {
            rounds.rates.put(contestant, new ArrayList<>());
            contestant.round();
        }
        for (int round = 0; round < count; round++) {
            rounds.rates.forEach((contestant, measured) -> {
                contestant.round();
                measured.add(contestant.round());
            });
        }
        return rounds;
    }

    public double median(Contestant contestant) {
        return BenchmarkResult.median(of(contestant));
    }

    /** The median of the ratios of two rates of the same round. */
    public double ratio(Contestant one, Contestant other) {
        List<Double> above = of(one);
        List<Double> below = of(other);
        return BenchmarkResult.median(IntStream.range(0, above.size())
                .mapToObj(round -> above.get(round) / below.get(round))
                .toList());
    }

    private List<Double> of(Contestant contestant) {
        List<Double> measured = rates.get(contestant);
        if (measured == null) {
            throw new IllegalArgumentException(contestant.name() + " took no part");
        }
        return measured;
    }
}
