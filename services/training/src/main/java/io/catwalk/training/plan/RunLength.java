package io.catwalk.training.plan;

/**
 * How long a run is.
 *
 * @param stepsPerEpoch full batches of the training split, at least 1
 */
public record RunLength(int epochs, int stepsPerEpoch) {
    public long steps() {
        return (long) epochs * stepsPerEpoch;
    }

    /** Whole steps in a part of the run, at least 1. */
    long steps(double ofEpochs) {
        return Math.max(1, Math.round(ofEpochs * stepsPerEpoch));
    }
}
