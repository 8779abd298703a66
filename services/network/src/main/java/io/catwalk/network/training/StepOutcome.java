package io.catwalk.network.training;

/**
 * One step's batch, as the weights stood before the step and with dropout on.
 *
 * @param loss mean cross entropy in nats; not finite when the run has diverged
 * @param correct images whose highest logit is their label's
 */
public record StepOutcome(float loss, int correct) {
    public boolean diverged() {
        return !Float.isFinite(loss);
    }
}
