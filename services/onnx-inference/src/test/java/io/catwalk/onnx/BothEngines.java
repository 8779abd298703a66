package io.catwalk.onnx;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import io.catwalk.network.Network;
import io.catwalk.network.checkpoint.NamedTensor;
import io.catwalk.network.checkpoint.Weights;
import io.catwalk.network.export.SavedModelArchive;
import io.catwalk.network.export.SavedModelExport;
import io.catwalk.network.export.onnx.OnnxExport;
import io.catwalk.network.inference.Classifier;
import io.catwalk.network.inference.SavedModelClassifier;
import io.catwalk.network.inference.TensorLimits;
import io.catwalk.network.layer.WeightSpec;

/** One network with random weights in TensorFlow and in ONNX Runtime. */
record BothEngines(Network network, Classifier tensorFlow, Classifier onnx) implements AutoCloseable {
    private static final TensorLimits LIMITS = new TensorLimits(64, 1 << 30);

    static BothEngines of(Network network, long seed) throws IOException {
        Weights weights = weights(network, seed);
        Path folder = Files.createTempDirectory("both-engines");
        Path savedModel = folder.resolve("saved").resolve(SavedModelExport.FILE);
        Path onnx = folder.resolve("model.onnx");
        try {
            SavedModelArchive.unpack(
                    new ByteArrayInputStream(SavedModelExport.archive(network, weights)),
                    savedModel.getParent(),
                    Integer.MAX_VALUE);
            Files.write(onnx, OnnxExport.model(network, weights));
            return new BothEngines(
                    network,
                    SavedModelClassifier.load(savedModel.getParent(), LIMITS),
                    OnnxClassifier.load(onnx, 2, LIMITS));
        } finally {
            for (Path left : List.of(savedModel, savedModel.getParent(), onnx, folder)) {
                Files.deleteIfExists(left);
            }
        }
    }

    static Weights weights(Network network, long seed) {
        Random random = new Random(seed);
        return new Weights(network.weights().stream()
                .map(spec -> randomValues(spec, random))
                .toList());
    }

    /** Images of any values within 0..1. */
    float[] images(int count, long seed) {
        Random random = new Random(seed);
        float[] images = new float[Math.toIntExact(count * network.input().size())];
        for (int i = 0; i < images.length; i++) {
            images[i] = random.nextFloat();
        }
        return images;
    }

    @Override
    public void close() {
        tensorFlow.close();
        onnx.close();
    }

    /** No weight is what it is at first; logits stay within about -10..10. */
    private static NamedTensor randomValues(WeightSpec spec, Random random) {
        float[] values = new float[spec.size()];
        double kernel = Math.sqrt(2.0 / spec.fanIn());
        for (int i = 0; i < values.length; i++) {
            values[i] = (float)
                    switch (spec.role()) {
                        case KERNEL, DEPTHWISE_KERNEL -> random.nextGaussian() * kernel;
                        case BIAS, OFFSET, MOVING_MEAN -> random.nextGaussian() * 0.5;
                        case SCALE, MOVING_VARIANCE -> 0.5 + random.nextDouble();
                    };
        }
        return new NamedTensor(spec.name(), List.copyOf(spec.dimensions()), FloatBuffer.wrap(values));
    }
}
