package io.catwalk.evaluation.rollout.judgement;

/** What the requests so far say of a version. */
public sealed interface Verdict {
    /**
     * It is worse than its margin allows.
     *
     * @param reason for people
     */
    record Harmful(String reason) implements Verdict {}

    /**
     * It is within all its margins.
     *
     * @param reason for people
     */
    record Sound(String reason) implements Verdict {}

    /** Neither is shown yet. */
    record Undecided() implements Verdict {}
}
