package io.catwalk.serving.engine;

import io.catwalk.network.export.ServingSignature;
import io.catwalk.network.inference.Classifier;
import io.catwalk.network.inference.ModelSignature;

/** A SavedModel run by TensorFlow. */
final class TensorFlowEngine implements Engine {
    private final Classifier classifier;
    private final Signature signature;

    TensorFlowEngine(Classifier classifier) {
        this.classifier = classifier;
        this.signature = signature(classifier.signature());
    }

    @Override
    public String name() {
        return "tensorflow";
    }

    @Override
    public String platform() {
        return "tensorflow_savedmodel";
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

    private static Signature signature(ModelSignature model) {
        return new Signature(ServingSignature.IMAGES, model.input(), ServingSignature.PROBABILITIES, model.classes());
    }
}
