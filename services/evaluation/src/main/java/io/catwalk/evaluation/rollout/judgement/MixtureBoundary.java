package io.catwalk.evaluation.rollout.judgement;

/**
 * What a sum of centred observations exceeds at any time with a probability of at most alpha: the one-sided normal mixture boundary
 * of Robbins (1970) in the closed form of Howard, Ramdas, McAuliffe and Sekhon, "Time-uniform, nonparametric, nonasymptotic
 * confidence sequences", Annals of Statistics 49 (2021).
 *
 * @param alpha above 0, below 1
 */
record MixtureBoundary(double alpha) {
    /** Where the boundary is tightest: at variances near 40, as a rate of twice its margin has when that margin can be told. */
    private static final double RHO = 4;

    /** @param variance of the sum, as observed */
    double at(double variance) {
        double mixed = variance + RHO;
        return Math.sqrt(2 * mixed * Math.log(Math.sqrt(mixed / RHO) / (2 * alpha) + 1));
    }
}
