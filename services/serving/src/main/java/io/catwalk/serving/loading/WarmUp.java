package io.catwalk.serving.loading;

import io.catwalk.network.inference.UnloadableModelException;
import io.catwalk.serving.engine.Engine;
import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.registry.ModelVersion;

/**
 * Checks a version before any traffic: its signature is as published, and it returns probabilities. The same runs
 * let the engine allocate and compile, so that the first request isn't slow.
 */
final class WarmUp {
    private static final int ROUNDS = 3;
    private static final float SUM_TOLERANCE = 1e-3f;

    private final int maxBatch;

    /** @param maxBatch the largest batch */
    WarmUp(int maxBatch) {
        this.maxBatch = maxBatch;
    }

    /** @throws UnloadableModelException when it isn't what was published, or doesn't answer with probabilities */
    void run(ModelVersion version, Engine engine) {
        checkSignature(version, engine.signature());
        for (int round = 0; round < ROUNDS; round++) {
            checkBatch(engine, 1);
            checkBatch(engine, maxBatch);
        }
    }

    private static void checkSignature(ModelVersion version, Signature signature) {
        if (!signature.image().equals(version.image())) {
            throw new UnloadableModelException("the model takes images of shape " + signature.image() + ", but shape "
                    + version.image() + " was published");
        }
        if (signature.classes() != version.labelNames().size()) {
            throw new UnloadableModelException("the model has " + signature.classes() + " classes, but "
                    + version.labelNames().size() + " label names were published");
        }
    }

    private static void checkBatch(Engine engine, int count) {
        float[] probabilities = run(engine, count);
        int classes = engine.signature().classes();
        if (probabilities.length != count * classes) {
            throw new UnloadableModelException("the model answers " + count + " images with " + probabilities.length
                    + " values instead of " + count * classes);
        }
        for (int image = 0; image < count; image++) {
            checkProbabilities(probabilities, image * classes, classes);
        }
    }

    private static float[] run(Engine engine, int count) {
        try {
            return engine.run(pattern(count * engine.signature().imageValues()), count);
        } catch (RuntimeException | OutOfMemoryError e) {
            throw new UnloadableModelException("the model fails on " + count + " images: " + e.getMessage(), e);
        }
    }

    private static void checkProbabilities(float[] probabilities, int first, int classes) {
        float sum = 0;
        for (int index = first; index < first + classes; index++) {
            if (!(probabilities[index] >= 0 && probabilities[index] <= 1 + SUM_TOLERANCE)) {
                throw new UnloadableModelException(
                        "the model answers with " + probabilities[index] + " where a probability is due");
            }
            sum += probabilities[index];
        }
        if (Math.abs(sum - 1) > SUM_TOLERANCE) {
            throw new UnloadableModelException("the model's probabilities sum to " + sum + " instead of 1");
        }
    }

    /** All grey levels from black to white, repeated. */
    private static float[] pattern(int values) {
        float[] pattern = new float[values];
        for (int index = 0; index < values; index++) {
            pattern[index] = (index % 256) / 255f;
        }
        return pattern;
    }
}
