package io.catwalk.evaluation.rollout.judgement;

/**
 * The difference of two rates that are observed side by side, round by round, with bounds that hold at all times at once.
 *
 * <p>A round counts as one observation, however many requests it has: their dependence within the round, as that of one caller's
 * requests, shows in the variance between rounds. That is the sum of squared distances from the mean before each round, as in Howard
 * et al. (2021), so that the sum of differences is normalised by itself; exact for differences that are symmetric (de la Peña,
 * Annals of Probability 27, 1999), asymptotic in the number of rounds for all others (Waudby-Smith, Arbour, Sinha, Kennedy and
 * Ramdas, "Time-uniform central limit theory and asymptotic confidence sequences", Annals of Statistics 52, 2024). It is never taken
 * for less than independent requests would have at a difference of the margin, so that a few rounds without any failure prove
 * nothing. For the upper bound it isn't taken for less, either, than these would have if they came in clusters as large as those
 * that the reference's rate shows between rounds.
 *
 * <p>A round weighs as much as its requests can tell of the difference: {@code 1 / (1 / n + 1 / m)} for n and m requests. Not thread-safe.
 */
final class Comparison {
    private final double margin;
    private final boolean paired;
    private double weight;
    private double sum;
    private double squares;
    private Rate subject = Rate.NONE;
    private Rate reference = Rate.NONE;
    private Rate last = Rate.NONE;
    private double scatter;
    private long scattered;

    private Comparison(double margin, boolean paired) {
        this.margin = margin;
        this.paired = paired;
    }

    /** Of two rates. */
    static Comparison within(double margin) {
        return new Comparison(margin, true);
    }

    /** Of one rate alone with zero. */
    static Comparison below(double limit) {
        return new Comparison(limit, false);
    }

    /** A round in which either has none says nothing, and is left out. */
    void add(Rate one, Rate other) {
        if (one.none() || paired && other.none()) {
            return;
        }
        double difference = one.value() - other.value();
        double informative = paired ? 1 / (1.0 / one.of() + 1.0 / other.of()) : one.of();
        double surprise = informative * (difference - mean());
        squares += surprise * surprise;
        weight += informative;
        sum += informative * difference;
        subject = subject.plus(one);
        reference = reference.plus(other);
        addScatter(paired ? other : one);
    }

    /** Successive differences, as a slow change of the rate is no cluster. */
    private void addScatter(Rate rate) {
        if (!last.none()) {
            double step = rate.value() - last.value();
            scatter += step * step / (1.0 / rate.of() + 1.0 / last.of());
            scattered++;
        }
        last = rate;
    }

    /** The subject's rate less the reference's, so far; before the first round what is expected of it. */
    private double mean() {
        return weight == 0 ? (paired ? 0 : margin) : sum / weight;
    }

    /** Over all rounds that counted. */
    Rate subject() {
        return subject;
    }

    Rate reference() {
        return reference;
    }

    /**
     * @param harm probability that the lower bound is ever above the true difference
     * @param acceptance probability that the upper bound is ever below it
     */
    Interval interval(double harm, double acceptance) {
        if (weight == 0) {
            return new Interval(0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        double independent = weight * unit();
        double below = new MixtureBoundary(harm).at(Math.max(independent, squares));
        double above = new MixtureBoundary(acceptance).at(Math.max(independent * clustering(), squares));
        return new Interval(mean(), mean() - below / weight, mean() + above / weight);
    }

    /** The variance of one independent request, where the difference is the margin. */
    private double unit() {
        double base = reference.value();
        double worst = Math.min(base + margin, 1);
        double share = paired ? (double) reference.of() / (subject.of() + reference.of()) : 1;
        return Math.max(
                share * variance(worst) + (1 - share) * variance(base), variance(Math.min(margin, 0.5)) * share);
    }

    /** How many times the variance between rounds is that of independent requests; at least 1. */
    private double clustering() {
        Rate all = paired ? reference : subject;
        double single = variance((all.count() + 1.0) / (all.of() + 2.0));
        return scattered == 0 ? 1 : Math.max(1, scatter / scattered / single);
    }

    private static double variance(double rate) {
        return rate * (1 - rate);
    }
}
