package io.catwalk.network.inference;

import io.catwalk.network.export.ServingSignature;

/** The first call of a loaded model, with one black image. */
public final class WarmUp {
    private WarmUp() {}

    /**
     * Returns a classifier that was called once.
     *
     * @throws UnloadableModelException when its outputs aren't finite or have another size; the classifier is closed then, as after
     *     every other exception
     */
    public static <C extends Classifier> C of(C classifier) {
        try {
            float[] black =
                    new float[Math.toIntExact(classifier.signature().input().size())];
            requireFinite(ServingSignature.PROBABILITIES, classifier.probabilities(black, 1));
            requireFinite(ServingSignature.LOGITS, classifier.logits(black, 1));
            return classifier;
        } catch (RuntimeException e) {
            classifier.close();
            throw e;
        }
    }

    private static void requireFinite(String output, float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new UnloadableModelException("the model gives %s of %s".formatted(output, value));
            }
        }
    }
}
