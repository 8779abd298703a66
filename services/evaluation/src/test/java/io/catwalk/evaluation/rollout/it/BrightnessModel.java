package io.catwalk.evaluation.rollout.it;

import java.nio.FloatBuffer;
import java.util.List;

import io.catwalk.evaluation.rollout.replay.LoggedEvents;
import io.catwalk.network.Network;
import io.catwalk.network.checkpoint.NamedTensor;
import io.catwalk.network.checkpoint.Weights;
import io.catwalk.network.export.onnx.OnnxExport;
import io.catwalk.network.layer.Activation;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.Flatten;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.layer.WeightSpec;

/** A real model with made-up weights that tells which half of an image is brighter, in ONNX format. */
final class BrightnessModel {
    private static final int CLASSES = 2;
    private static final Network NETWORK = new Network(
            "brightness",
            new ImageShape(LoggedEvents.SIDE, LoggedEvents.SIDE, 1),
            CLASSES,
            List.of(new Flatten(), new Dense(CLASSES, Activation.LINEAR)));

    private BrightnessModel() {}

    /**
     * The model.
     *
     * @param weight of a pixel for the class of its half: below 0 all answers are wrong, infinite they are no numbers
     */
    static byte[] onnx(float weight) {
        return OnnxExport.model(
                NETWORK,
                new Weights(NETWORK.weights().stream()
                        .map(spec -> new NamedTensor(spec.name(), spec.dimensions(), values(spec, weight)))
                        .toList()));
    }

    private static FloatBuffer values(WeightSpec spec, float weight) {
        float[] values = new float[spec.size()];
        if (spec.dimensions().size() == 2) {
            for (int input = 0; input < LoggedEvents.VALUES; input++) {
                values[input * CLASSES + input % LoggedEvents.SIDE] = weight;
            }
        }
        return FloatBuffer.wrap(values);
    }
}
