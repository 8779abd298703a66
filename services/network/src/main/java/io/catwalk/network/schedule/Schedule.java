package io.catwalk.network.schedule;

/**
 * The learning rate as a function of only the step number, so a resumed run has the rates of an uninterrupted
 * one. A new rule is one file here and its name in {@code permits}.
 */
public sealed interface Schedule permits Constant, Cosine, Exponential, OneCycle, StepDecay, WarmUp {
    /**
     * The rate of one step, finite and at least 0.
     *
     * @param step from 0
     */
    double rate(long step);
}
