package io.catwalk.serving.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.catwalk.modelarchives.ModelFormat;
import io.catwalk.network.inference.Classifier;
import io.catwalk.network.inference.ModelSignature;
import io.catwalk.network.inference.UnloadableModelException;
import io.catwalk.objectstore.Digest;
import io.catwalk.serving.engine.Engine;
import io.catwalk.serving.engine.EngineChoice;
import io.catwalk.serving.engine.EngineConfig;
import io.catwalk.serving.engine.EngineKind;
import io.catwalk.serving.engine.FakeEngine;
import io.catwalk.serving.registry.ModelVersion;
import org.junit.jupiter.api.Test;

class StoredEngineSourceTest {
    private static final Digest ARCHIVE = Digest.of(new byte[] {1});
    private static final Digest ONNX = Digest.of(new byte[] {2});

    private final List<String> opened = new ArrayList<>();
    private boolean onnxIsDamaged;

    @Test
    void autoTakesOnnxWhereThereIsAnExport() {
        Engine engine = open(EngineChoice.AUTO, Map.of(), Optional.of(ONNX));
        assertThat(engine.kind()).isEqualTo(EngineKind.ONNX);
        assertThat(engine.signature().classes()).isEqualTo(2);
        assertThat(open(EngineChoice.AUTO, Map.of(), Optional.empty()).kind()).isEqualTo(EngineKind.TENSORFLOW);
        assertThat(opened).containsExactly("ONNX " + ONNX, "SAVED_MODEL " + ARCHIVE);
    }

    @Test
    void autoFallsBackToTensorFlow() {
        onnxIsDamaged = true;
        assertThat(open(EngineChoice.AUTO, Map.of(), Optional.of(ONNX)).kind()).isEqualTo(EngineKind.TENSORFLOW);
        assertThat(opened).containsExactly("ONNX " + ONNX, "SAVED_MODEL " + ARCHIVE);
    }

    @Test
    void tensorFlowLeavesTheExportAlone() {
        open(EngineChoice.TENSORFLOW, Map.of(), Optional.of(ONNX));
        assertThat(opened).containsExactly("SAVED_MODEL " + ARCHIVE);
    }

    @Test
    void onnxRefusesVersionsWithoutAUsableExport() {
        assertThatExceptionOfType(UnloadableModelException.class)
                .isThrownBy(() -> open(EngineChoice.ONNX, Map.of(), Optional.empty()))
                .withMessageStartingWith("it has no ONNX export, and the engine of the model is onnx");
        onnxIsDamaged = true;
        assertThatExceptionOfType(UnloadableModelException.class)
                .isThrownBy(() -> open(EngineChoice.ONNX, Map.of(), Optional.of(ONNX)))
                .withMessage("damaged");
        assertThat(opened).containsExactly("ONNX " + ONNX);
    }

    @Test
    void aModelsOwnChoiceComesFirst() {
        var choices = Map.of(Rig.FASHION.value(), EngineChoice.TENSORFLOW);
        assertThat(open(EngineChoice.ONNX, choices, Optional.of(ONNX)).kind()).isEqualTo(EngineKind.TENSORFLOW);
        assertThat(open(EngineChoice.ONNX, Map.of("other", EngineChoice.TENSORFLOW), Optional.of(ONNX))
                        .kind())
                .isEqualTo(EngineKind.ONNX);
    }

    private Engine open(EngineChoice choice, Map<String, EngineChoice> models, Optional<Digest> onnx) {
        return new StoredEngineSource(this::classifier, new Choices(choice, models, 1))
                .open(new ModelVersion(Rig.FASHION, 1, ARCHIVE, onnx, FakeEngine.SHAPE, Rig.LABELS, 1));
    }

    private Classifier classifier(ModelFormat format, Digest digest) {
        opened.add(format + " " + digest);
        if (format == ModelFormat.ONNX && onnxIsDamaged) {
            throw new UnloadableModelException("damaged");
        }
        return new NoClassifier(new ModelSignature(FakeEngine.SHAPE, 2));
    }

    private record Choices(EngineChoice choice, Map<String, EngineChoice> models, int onnxThreads)
            implements EngineConfig {}

    private record NoClassifier(ModelSignature signature) implements Classifier {
        @Override
        public float[] probabilities(float[] images, int count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public float[] logits(float[] images, int count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
