package io.catwalk.training.sweep.halving;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

import io.catwalk.chassis.errors.BadInputException;

/**
 * After how many epochs trials are compared.
 *
 * @param stops epochs that a trial has had at the end of each rung but the last, which has all
 * @param reductionFactor of how many trials of a rung one is promoted to the next
 */
public record Rungs(List<Integer> stops, int reductionFactor) {
    public Rungs {
        stops = List.copyOf(stops);
    }

    /** Every trial has all its epochs. */
    public static Rungs single() {
        return new Rungs(List.of(), 2);
    }

    /** @throws BadInputException when the lowest rung has more epochs than there are */
    public static Rungs of(int minEpochs, int reductionFactor, int epochs) {
        if (minEpochs > epochs) {
            throw new BadInputException(
                    "halving.minEpochs is %d, must be at most the %d of training.epochs".formatted(minEpochs, epochs));
        }
        List<Integer> stops = new ArrayList<>();
        for (long stop = minEpochs; stop < epochs; stop *= reductionFactor) {
            stops.add((int) stop);
        }
        return new Rungs(stops, reductionFactor);
    }

    public int count() {
        return stops.size() + 1;
    }

    /** Where a rung's run ends before its last epoch. */
    public OptionalInt stopAfter(int rung) {
        return rung < stops.size() ? OptionalInt.of(stops.get(rung)) : OptionalInt.empty();
    }
}
