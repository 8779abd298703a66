package io.catwalk.evaluation.rollout.judgement;

/**
 * What a version did.
 *
 * @param errors requests that failed by the server's fault
 * @param slow requests whose answer took longer than the bound
 * @param disagreements images that it took for another class than stable did
 */
public record Counts(Rate errors, Rate slow, Rate disagreements) {
    public static final Counts NONE = new Counts(Rate.NONE, Rate.NONE, Rate.NONE);

    public Counts plus(Counts other) {
        return new Counts(errors.plus(other.errors), slow.plus(other.slow), disagreements.plus(other.disagreements));
    }

    public long requests() {
        return errors.of();
    }
}
