package io.catwalk.network.inference;

import io.catwalk.network.export.ServingSignature;

/** The first call of a loaded model, with one black image. */
public final class WarmUp {
    private WarmUp() {}

    /**
     * Returns a classifier that was called once.
     *
     * @throws UnloadableModelException when it fails or its outputs aren't finite; the classifier is closed then
     */
    public static <C extends Classifier> C of(C classifier) {
        try {
            float[] black =
                    new float[Math.toIntExact(classifier.signature().input().size())];
            requireFinite(ServingSignature.PROBABILITIES, classifier.probabilities(black, 1));
            requireFinite(ServingSignature.LOGITS, classifier.logits(black, 1));
            return classifier;
        } catch (UnloadableModelException e) {
            classifier.close();
            throw e;
        } catch (RuntimeException e) {
            classifier.close();
            throw new UnloadableModelException("the model can't classify a black image: " + e.getMessage(), e);
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
