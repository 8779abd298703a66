package io.catwalk.serving.loading;

import java.util.Optional;

import io.catwalk.modelarchives.ModelSource;
import io.catwalk.network.inference.UnloadableModelException;
import io.catwalk.objectstore.Digest;
import io.catwalk.serving.engine.ClassifierEngine;
import io.catwalk.serving.engine.Engine;
import io.catwalk.serving.engine.EngineConfig;
import io.catwalk.serving.engine.EngineKind;
import io.catwalk.serving.registry.ModelVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Engines for the store's models, as chosen for each model. */
final class StoredEngineSource implements EngineSource {
    private static final Logger LOG = LoggerFactory.getLogger(StoredEngineSource.class);

    private final ModelSource models;
    private final EngineConfig choices;

    StoredEngineSource(ModelSource models, EngineConfig choices) {
        this.models = models;
        this.choices = choices;
    }

    @Override
    public Engine open(ModelVersion version) {
        return switch (choices.of(version.model())) {
            case TENSORFLOW -> tensorFlow(version);
            case ONNX ->
                onnxRuntime(
                        version.onnx()
                                .orElseThrow(
                                        () -> new UnloadableModelException(
                                                "it has no ONNX export, and the engine of the model is onnx; auto would take TensorFlow")));
            case AUTO ->
                version.onnx().flatMap(export -> onnxIfUsable(version, export)).orElseGet(() -> tensorFlow(version));
        };
    }

    private Optional<Engine> onnxIfUsable(ModelVersion version, Digest export) {
        try {
            return Optional.of(onnxRuntime(export));
        } catch (UnloadableModelException e) {
            LOG.warn("{} is run by TensorFlow, as its ONNX export can't be: {}", version, e.getMessage());
            return Optional.empty();
        }
    }

    private Engine onnxRuntime(Digest export) {
        return open(EngineKind.ONNX, export);
    }

    private Engine tensorFlow(ModelVersion version) {
        return open(EngineKind.TENSORFLOW, version.digest());
    }

    private Engine open(EngineKind kind, Digest digest) {
        return new ClassifierEngine(kind, models.open(kind.format(), digest));
    }
}
