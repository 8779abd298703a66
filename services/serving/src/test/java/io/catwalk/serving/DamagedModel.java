package io.catwalk.serving;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

import io.catwalk.network.Network;
import io.catwalk.network.checkpoint.NamedTensor;
import io.catwalk.network.checkpoint.Weights;
import io.catwalk.network.layer.Activation;
import io.catwalk.network.layer.Conv2d;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.GlobalAveragePool;
import io.catwalk.network.layer.ImageShape;

/**
 * A model that must not be served.
 *
 * @param name of what is wrong
 * @param named the content that its digest names
 * @param stored the content that the store has
 * @param reason what its status says
 */
@SuppressWarnings("ArrayRecordComponent")
record DamagedModel(String name, byte[] named, byte[] stored, String reason) {
    private static final String DAMAGED = "can't be loaded: ";
    /** Few weights, but 51 MB for an image. */
    private static final Network WIDE = new Network(
            "wide",
            new ImageShape(28, 28, 1),
            10,
            List.of(
                    new Conv2d(16_384, 1, Activation.LINEAR),
                    new GlobalAveragePool(),
                    new Dense(10, Activation.LINEAR)));

    /**
     * What may become of a model between its export and its load, and what is named as one and isn't.
     *
     * @param good a model
     * @param otherFormat the same in the format of the other engine
     */
    static List<DamagedModel> of(byte[] good, byte[] otherFormat, BiFunction<Network, Weights, byte[]> export) {
        List<DamagedModel> all = new ArrayList<>();
        Random random = new Random(3);
        for (int flip = 0; flip < 3; flip++) {
            byte[] flipped = good.clone();
            flipped[random.nextInt(good.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            all.add(new DamagedModel("a flipped bit", good, flipped, DAMAGED));
        }
        for (int length : List.of(0, 1, good.length / 2, good.length - 1)) {
            byte[] cut = Arrays.copyOf(good, length);
            all.add(new DamagedModel("cut to " + length + " bytes", good, cut, DAMAGED));
            if (length < good.length - 1) {
                all.add(named("named as cut to " + length + " bytes", cut, DAMAGED));
            }
        }
        all.add(new DamagedModel("another model's bytes", good, otherFormat, DAMAGED));
        all.add(named("the other engine's format", otherFormat, DAMAGED));
        all.add(named("other images", exported(export, new ImageShape(14, 14, 1), 10, 0.1f), "shape"));
        all.add(named("other classes", exported(export, new ImageShape(28, 28, 1), 11, 0.1f), "11 classes"));
        all.add(named("weights that are no numbers", exported(export, new ImageShape(28, 28, 1), 10, Float.NaN), ""));
        all.add(named("tensors that fill the memory", exported(export, WIDE, 0.1f), "are allowed together"));
        return all;
    }

    private static DamagedModel named(String name, byte[] content, String reason) {
        return new DamagedModel(name, content, content, reason);
    }

    private static byte[] exported(
            BiFunction<Network, Weights, byte[]> export, ImageShape image, int classes, float value) {
        return exported(export, TinyModel.network(image, classes), value);
    }

    private static byte[] exported(BiFunction<Network, Weights, byte[]> export, Network network, float value) {
        Weights weights = new Weights(network.weights().stream()
                .map(weight -> {
                    float[] values = new float[weight.size()];
                    Arrays.fill(values, value);
                    return new NamedTensor(weight.name(), weight.dimensions(), FloatBuffer.wrap(values));
                })
                .toList());
        return export.apply(network, weights);
    }
}
