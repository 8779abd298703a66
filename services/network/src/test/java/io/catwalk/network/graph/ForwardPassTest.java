package io.catwalk.network.graph;

import static io.catwalk.network.layer.Activation.LINEAR;
import static io.catwalk.network.layer.Activation.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.catwalk.network.Network;
import io.catwalk.network.initializer.Initializer;
import io.catwalk.network.layer.Conv2d;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.Dropout;
import io.catwalk.network.layer.Flatten;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.layer.LayerScope;
import io.catwalk.network.layer.MaxPool;
import io.catwalk.network.layer.TrainingForm;
import io.catwalk.network.training.Samples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

class ForwardPassTest {
    private final Graph graph = new Graph();
    private final Ops tf = Ops.create(graph);

    @AfterEach
    void close() {
        graph.close();
    }

    @Test
    void activationAfterPoolingGivesTheSameBits() {
        Network network = new Network(
                "n",
                new ImageShape(9, 7, 2),
                3,
                List.of(new Conv2d(4, 3, RELU), new MaxPool(2, 2), new Flatten(), new Dense(3, LINEAR)));
        Map<String, Operand<TFloat32>> weights = weights(network);
        Operand<TFloat32> images = tf.constant(Shape.of(6, 9, 7, 2), DataBuffers.of(Samples.images(network, 6, 0)));

        var convolved = tf.nn.biasAdd(
                tf.nn.conv2d(images, weights.get("conv2d_1.kernel"), List.of(1L, 1L, 1L, 1L), "SAME"),
                weights.get("conv2d_1.bias"));
        var window = tf.constant(new int[] {1, 2, 2, 1});
        var pooled = tf.nn.maxPool(tf.nn.relu(convolved), window, window, "SAME");
        var flat = tf.reshape(pooled, tf.constant(new int[] {6, -1}));
        var plain = tf.nn.biasAdd(tf.linalg.matMul(flat, weights.get("dense_1.kernel")), weights.get("dense_1.bias"));

        assertThat(run(ForwardPass.logits(tf, network, weights, images)))
                .hasSize(18)
                .isEqualTo(run(plain));
        RandomKeys keys = new RandomKeys(1, tf.constant(0L));
        assertThat(run(ForwardPass.trained(tf, network, weights, images, keys).logits()))
                .isEqualTo(run(plain));
    }

    @Test
    void dropoutKeepsTheExpectedFractionScaled() {
        Dropout dropout = new Dropout(0.4f);
        Operand<TFloat32> ones = tf.fill(tf.constant(new int[] {100, 100}), tf.constant(1f));

        float[] dropped = run(dropout.apply(scope(1, 0, "dropout_1"), ones, new ImageShape(1, 1, 100)));

        int kept = 0;
        for (float value : dropped) {
            assertThat(value).isIn(0f, 1 / 0.6f);
            kept += value > 0 ? 1 : 0;
        }
        assertThat(kept / 10_000.0).isCloseTo(0.6, within(0.02));
    }

    @Test
    void dropoutDiffersBySeedLayerAndStep() {
        Dropout dropout = new Dropout(0.5f);
        Operand<TFloat32> ones = tf.fill(tf.constant(new int[] {10, 100}), tf.constant(1f));
        ImageShape input = new ImageShape(1, 1, 100);

        float[] first = run(dropout.apply(scope(1, 0, "dropout_1"), ones, input));

        assertThat(run(dropout.apply(scope(1, 0, "dropout_1"), ones, input))).isEqualTo(first);
        assertThat(run(dropout.apply(scope(2, 0, "dropout_1"), ones, input))).isNotEqualTo(first);
        assertThat(run(dropout.apply(scope(1, 1, "dropout_1"), ones, input))).isNotEqualTo(first);
        assertThat(run(dropout.apply(scope(1, 0, "dropout_2"), ones, input))).isNotEqualTo(first);
    }

    private LayerScope scope(long seed, long step, String layer) {
        RandomKeys keys = new RandomKeys(seed, tf.constant(step));
        TrainingForm form = new TrainingForm() {
            @Override
            public Operand<TInt64> randomKey(Ops layerTf, String layerPath) {
                return keys.of(layerTf, layerPath);
            }

            @Override
            public void becomes(String weight, Operand<TFloat32> next) {
                throw new AssertionError("dropout has no weight " + weight);
            }

            @Override
            public void addedOnce(String bias, Operand<TFloat32> values) {
                throw new AssertionError("dropout has no weight " + bias);
            }
        };
        return new LayerScope(
                tf,
                layer,
                name -> {
                    throw new AssertionError("dropout has no weight " + name);
                },
                Optional.of(form));
    }

    private Map<String, Operand<TFloat32>> weights(Network network) {
        Map<String, Operand<TFloat32>> weights = new HashMap<>();
        network.weights().forEach(weight -> {
            float[] values = Initializer.GLOROT_UNIFORM.values(weight, 5);
            weights.put(weight.name(), tf.constant(Shapes.of(weight.dimensions()), DataBuffers.of(values)));
        });
        return weights;
    }

    private float[] run(Operand<TFloat32> output) {
        try (Session session = new Session(graph);
                Result result = session.runner().fetch(output).run()) {
            var data = result.get(0).asRawTensor().data().asFloats();
            float[] values = new float[(int) data.size()];
            data.read(values);
            return values;
        }
    }
}
