package io.catwalk.serving;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

import io.catwalk.network.Network;
import io.catwalk.network.checkpoint.NamedTensor;
import io.catwalk.network.checkpoint.Weights;
import io.catwalk.network.export.SavedModelExport;
import io.catwalk.network.export.onnx.OnnxExport;
import io.catwalk.network.layer.Activation;
import io.catwalk.network.layer.Conv2d;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.Flatten;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.layer.WeightSpec;

/** A model with made-up weights that takes some milliseconds for an image. */
final class SlowModel {
    private static final Network NETWORK = new Network(
            "slow",
            new ImageShape(28, 28, 1),
            TinyModel.LABELS.size(),
            List.of(
                    new Conv2d(64, 5, Activation.RELU),
                    new Conv2d(64, 5, Activation.RELU),
                    new Conv2d(64, 5, Activation.RELU),
                    new Flatten(),
                    new Dense(TinyModel.LABELS.size(), Activation.LINEAR)));
    private static final long SEED = 7;

    private SlowModel() {}

    static byte[] archive() {
        return SavedModelExport.archive(NETWORK, weights());
    }

    static byte[] onnx() {
        return OnnxExport.model(NETWORK, weights());
    }

    private static Weights weights() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        return new Weights(NETWORK.weights().stream()
                .map(weight -> new NamedTensor(weight.name(), weight.dimensions(), values(weight, random)))
                .toList());
    }

    private static FloatBuffer values(WeightSpec weight, RandomGenerator random) {
        float[] values = new float[weight.size()];
        for (int index = 0; index < values.length; index++) {
            values[index] = random.nextFloat(-0.02f, 0.02f);
        }
        return FloatBuffer.wrap(values);
    }
}
