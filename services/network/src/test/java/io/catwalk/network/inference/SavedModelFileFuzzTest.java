package io.catwalk.network.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.catwalk.fuzzing.ParserProperty;
import io.catwalk.network.Network;
import io.catwalk.network.checkpoint.NamedTensor;
import io.catwalk.network.checkpoint.Weights;
import io.catwalk.network.export.SavedModelExport;
import io.catwalk.network.layer.Activation;
import io.catwalk.network.layer.BatchNorm;
import io.catwalk.network.layer.Conv2d;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.Flatten;
import io.catwalk.network.layer.ImageShape;
import org.junit.jupiter.params.provider.MethodSource;

/** Of the check before a model is loaded; what passes it goes to native code. */
class SavedModelFileFuzzTest {
    private static final Network NETWORK = new Network(
            "tiny",
            new ImageShape(3, 3, 1),
            2,
            List.of(
                    new Conv2d(1, 2, Activation.RELU),
                    new BatchNorm(),
                    new Flatten(),
                    new Dense(2, Activation.LINEAR)));
    private static final TensorLimits LIMITS = new TensorLimits(4, 1 << 20);
    private static final ParserProperty PROPERTY =
            ParserProperty.refusesWith(UnloadableModelException.class).allocates(1 << 19, 1_000);

    static Stream<byte[]> seeds() throws IOException {
        Weights weights = new Weights(NETWORK.weights().stream()
                .map(spec -> new NamedTensor(
                        spec.name(), List.copyOf(spec.dimensions()), FloatBuffer.wrap(new float[spec.size()])))
                .toList());
        try (ZipInputStream archive =
                new ZipInputStream(new ByteArrayInputStream(SavedModelExport.archive(NETWORK, weights)))) {
            archive.getNextEntry();
            return Stream.of(archive.readAllBytes(), new byte[0]);
        }
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsOrRefuses(byte[] model) {
        PROPERTY.check(model.length, () -> SavedModelFile.of(model, LIMITS))
                .ifPresent(file -> assertThat(file.signature().classes()).isPositive());
    }
}
