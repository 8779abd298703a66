package io.catwalk.evaluation.rollout.judgement;

/**
 * An estimate with a bound on either side, each of which holds at all times at once with the probability that it was asked for.
 *
 * @param estimate 0 without observations
 * @param lower the least that it can be while there is too little to say
 * @param upper the most that it can be while there is too little to say
 */
public record Interval(double estimate, double lower, double upper) {
    Interval within(double least, double most) {
        return new Interval(estimate, Math.clamp(lower, least, most), Math.clamp(upper, least, most));
    }
}
