package io.catwalk.network.training;

import static io.catwalk.network.precondition.Preconditions.requirePositive;

import java.util.OptionalDouble;

import io.catwalk.network.optimizer.Optimizer;
import io.catwalk.network.schedule.Schedule;

/**
 * How steps change the weights.
 *
 * @param schedule the learning rate of each step
 * @param maxGradientNorm the global norm that gradients are clipped to, above 0; no clipping when empty
 * @param averaging how much of the weights' running average a step keeps, above 0 and below 1: scores and exports then use
 *     the average (Polyak and Juditsky 1992); none when empty
 */
public record Descent(
        Optimizer optimizer, Schedule schedule, OptionalDouble maxGradientNorm, OptionalDouble averaging) {
    /** @throws IllegalArgumentException for a value outside its range */
    public Descent {
        maxGradientNorm.ifPresent(norm -> requirePositive("maxGradientNorm", norm));
        averaging.ifPresent(decay -> {
            if (!((float) decay > 0 && (float) decay < 1)) {
                throw new IllegalArgumentException("averaging must be above 0 and below 1, not " + decay);
            }
        });
    }

    /** Neither clipping nor averaging. */
    public Descent(Optimizer optimizer, Schedule schedule) {
        this(optimizer, schedule, OptionalDouble.empty(), OptionalDouble.empty());
    }

    /**
     * What a step keeps of the average: less in the first steps, to forget the initial weights, by the
     * formula of TensorFlow's {@code ExponentialMovingAverage} with {@code num_updates}.
     */
    static double kept(double averaging, long step) {
        return Math.min(averaging, (1.0 + step) / (10.0 + step));
    }
}
