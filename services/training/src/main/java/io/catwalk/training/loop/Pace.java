package io.catwalk.training.loop;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How long this process takes for a step and for an epoch's scoring, by wall time: what is done between two steps counts
 * to the later one. Times are nanoseconds. For one thread.
 */
final class Pace {
    private static final double NANOS = 1e9;
    /** Scoring an image against its part in a step, by network a third to two thirds; stands until an epoch was scored. */
    private static final double SCORING_SHARE = 0.5;

    private final int remembered;
    private final double scoredBatches;
    private long steps;
    private double stepNanos;
    private OptionalDouble scoringNanos = OptionalDouble.empty();
    private OptionalLong scoringSince = OptionalLong.empty();
    private long latest;

    /**
     * @param batches of an epoch: over about so many steps the pace is a mean
     * @param scoredBatches how many batches an epoch's scored images would fill
     * @param stepNanos what earlier processes took for a step; 0 when there were none
     */
    Pace(int batches, double scoredBatches, double stepNanos) {
        this.remembered = batches;
        this.scoredBatches = scoredBatches;
        this.stepNanos = stepNanos;
    }

    /**
     * A process's first step is slow, as it warms up: it counts until there is a second one.
     *
     * @param made steps of one call
     */
    void stepped(int made, long started, long ended) {
        double nanos = (double) (ended - (steps == 0 ? started : latest)) / made;
        steps += made;
        double weight = (double) made / Math.clamp(steps - made, made, Math.max(made, remembered));
        stepNanos += (nanos - stepNanos) * weight;
        latest = ended;
    }

    void scoringBegun(long now) {
        scoringSince = OptionalLong.of(now);
    }

    void scored(long now) {
        scoringNanos = OptionalDouble.of(now - scoringSince.orElseThrow());
        scoringSince = OptionalLong.empty();
        latest = now;
    }

    /**
     * Seconds that these steps and scorings take, the running one among them; empty before any step was timed.
     *
     * @param scorings of epochs that aren't scored to the end
     */
    OptionalDouble seconds(long stepsLeft, int scorings, long now) {
        if (stepNanos == 0) {
            return OptionalDouble.empty();
        }
        double scoring = scoringNanos.orElse(stepNanos * scoredBatches * SCORING_SHARE);
        double begun = scoringSince.isPresent() ? Math.min(now - scoringSince.getAsLong(), scoring) : 0;
        return OptionalDouble.of((stepsLeft * stepNanos + scorings * scoring - begun) / NANOS);
    }
}
