package io.catwalk.evaluation.report;

/**
 * One split's figures after one epoch of training.
 *
 * @param epoch from 1
 * @param loss mean cross entropy in nats
 * @param accuracy 0 to 1
 */
public record CurvePoint(int epoch, Split split, double loss, double accuracy) {
    public CurvePoint {
        if (epoch < 1) {
            throw new IllegalArgumentException("epoch: " + epoch + ", must be at least 1");
        }
        if (!Double.isFinite(loss)) {
            throw new IllegalArgumentException("loss of epoch " + epoch + ": " + loss + ", must be finite");
        }
        if (!(accuracy >= 0 && accuracy <= 1)) {
            throw new IllegalArgumentException("accuracy of epoch " + epoch + ": " + accuracy + ", must be 0 to 1");
        }
    }
}
