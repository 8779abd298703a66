package io.catwalk.network.schedule;

/**
 * A rate that falls with each step: {@code first * factor ^ (step / every)}, Keras' {@code ExponentialDecay} without its
 * staircase.
 */
public record Exponential(double first, double factor, long every) implements Schedule {
    /** @throws IllegalArgumentException for a value outside its range */
    public Exponential {
        Limits.requireRate("first", first);
        Limits.requireFactor(factor);
        Limits.requireSteps("every", every);
    }

    @Override
    public double rate(long step) {
        return first * Math.pow(factor, (double) step / every);
    }
}
