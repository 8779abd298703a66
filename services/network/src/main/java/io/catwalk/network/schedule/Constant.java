package io.catwalk.network.schedule;

/** A constant rate. */
public record Constant(double learningRate) implements Schedule {
    /** @throws IllegalArgumentException unless the rate is above 0 and finite */
    public Constant {
        Limits.requireRate("learningRate", learningRate);
    }

    @Override
    public double rate(long step) {
        return learningRate;
    }
}
