package io.catwalk.serving.engine;

import io.catwalk.network.export.ServingSignature;
import io.catwalk.network.inference.Classifier;

/** A classifier as an engine. */
public final class ClassifierEngine implements Engine {
    private final EngineKind kind;
    private final Classifier classifier;
    private final Signature signature;

    public ClassifierEngine(EngineKind kind, Classifier classifier) {
        this.kind = kind;
        this.classifier = classifier;
        var model = classifier.signature();
        this.signature =
                new Signature(ServingSignature.IMAGES, model.input(), ServingSignature.PROBABILITIES, model.classes());
    }

    @Override
    public EngineKind kind() {
        return kind;
    }

    @Override
    public Signature signature() {
        return signature;
    }

    @Override
    public float[] run(float[] images, int count) {
        return classifier.probabilities(images, count);
    }

    @Override
    public void close() {
        classifier.close();
    }
}
