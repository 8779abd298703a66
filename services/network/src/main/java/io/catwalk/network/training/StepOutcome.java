package io.catwalk.network.training;

/**
 * Loss and accuracy of a step's batch, before the update and with dropout.
 *
 * @param loss mean cross entropy in nats; not finite when the run has diverged
 * @param correct images whose highest logit is their label's
 */
public record StepOutcome(float loss, int correct) {
    public boolean diverged() {
        return !Float.isFinite(loss);
    }
}
