package io.catwalk.network.schedule;

import static io.catwalk.network.precondition.Preconditions.requirePositive;

/** A constant rate. */
public record Constant(double learningRate) implements Schedule {
    /** @throws IllegalArgumentException unless the rate is above 0 and finite */
    public Constant {
        requirePositive("learningRate", learningRate);
    }

    @Override
    public double rate(long step) {
        return learningRate;
    }
}
