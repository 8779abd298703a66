package io.catwalk.benchmark.round;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.catwalk.benchmark.figures.Figures;

/** What contestants did in each round. */
public final class Rounds {
    private final Map<Contestant, List<Double>> rates = new LinkedHashMap<>();

    private Rounds() {}

    /**
     * Lets all work in turns, after a first round of each. In its turn each works twice and only the second counts: it has
     * waited for all others, which leaves its caches cold and its first steps slower.
     */
    public static Rounds of(int count, List<? extends Contestant> contestants) {
        Rounds rounds = new Rounds();
        for (Contestant contestant : contestants) {
            rounds.rates.put(contestant, new ArrayList<>());
            contestant.round();
        }
        for (int round = 0; round < count; round++) {
            rounds.rates.forEach((contestant, own) -> {
                contestant.round();
                own.add(contestant.round());
            });
        }
        return rounds;
    }

    public double median(Contestant contestant) {
        return Figures.median(of(contestant));
    }

    /** The median of the rounds' ratios: of two rates of one round, which saw the same machine. */
    public double ratio(Contestant one, Contestant other) {
        List<Double> above = of(one);
        List<Double> below = of(other);
        return Figures.median(IntStream.range(0, above.size())
                .mapToObj(round -> above.get(round) / below.get(round))
                .toList());
    }

    private List<Double> of(Contestant contestant) {
        List<Double> own = rates.get(contestant);
        if (own == null) {
            throw new IllegalArgumentException(contestant.name() + " took no part");
        }
        return own;
    }
}
