package io.catwalk.events.request;

import io.catwalk.training.v1.Gate;

/**
 * What a model must reach to be promoted.
 *
 * @param maxRegression how far the validation accuracy may lie below the champion's, 0 to 1
 * @param minTestAccuracy the lowest accepted test accuracy, 0 to 1
 */
public record PromotionGate(double maxRegression, double minTestAccuracy) {
    public static final double DEFAULT_MAX_REGRESSION = 0.005;
    public static final double DEFAULT_MIN_TEST_ACCURACY = 0.80;

    /** A gate whose absent figures are the defaults. */
    public static PromotionGate from(Gate gate) {
        return new PromotionGate(
                gate.hasMaxRegression() ? gate.getMaxRegression() : DEFAULT_MAX_REGRESSION,
                gate.hasMinTestAccuracy() ? gate.getMinTestAccuracy() : DEFAULT_MIN_TEST_ACCURACY);
    }

    /** With both figures set. */
    public Gate toMessage() {
        return Gate.newBuilder()
                .setMaxRegression(maxRegression)
                .setMinTestAccuracy(minTestAccuracy)
                .build();
    }
}
