package io.catwalk.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.catwalk.fuzzing.ParserProperty;
import io.catwalk.network.Network;
import io.catwalk.network.export.onnx.OnnxExport;
import io.catwalk.network.inference.TensorLimits;
import io.catwalk.network.inference.UnloadableModelException;
import io.catwalk.network.layer.Activation;
import io.catwalk.network.layer.Conv2d;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.Flatten;
import io.catwalk.network.layer.ImageShape;
import org.junit.jupiter.params.provider.MethodSource;

/** Of the check before a model is loaded; what passes it goes to native code. */
class OnnxModelFileFuzzTest {
    private static final Network NETWORK = new Network(
            "tiny",
            new ImageShape(3, 3, 1),
            2,
            List.of(new Conv2d(1, 2, Activation.RELU), new Flatten(), new Dense(2, Activation.LINEAR)));
    private static final TensorLimits LIMITS = new TensorLimits(4, 1 << 20);
    private static final ParserProperty PROPERTY =
            ParserProperty.refusesWith(UnloadableModelException.class).allocates(1 << 18, 500);

    static Stream<byte[]> seeds() {
        return Stream.of(OnnxExport.model(NETWORK, BothEngines.weights(NETWORK, 1)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsOrRefuses(byte[] model) {
        PROPERTY.check(model.length, () -> OnnxModelFile.of(model, LIMITS))
                .ifPresent(file -> assertThat(file.signature().classes()).isPositive());
    }
}
