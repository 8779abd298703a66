package io.catwalk.training.loop;

import java.util.List;

import io.catwalk.network.Network;
import io.catwalk.network.layer.Activation;
import io.catwalk.network.layer.Conv2d;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.Dropout;
import io.catwalk.network.layer.Flatten;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.layer.MaxPool;
import io.catwalk.network.training.Hyperparameters;
import io.catwalk.network.training.TrainingSession;

/** A network that trains in a moment: 8x8 images of three classes, dropout included. */
public final class TinyNetwork {
    public static final int SIDE = 8;
    public static final int CLASSES = 3;

    public static final Network NETWORK = new Network(
            "tiny",
            new ImageShape(SIDE, SIDE, 1),
            CLASSES,
            List.of(
                    new Conv2d(4, 3, Activation.RELU),
                    new MaxPool(2, 2),
                    new Flatten(),
                    new Dropout(0.25f),
                    new Dense(CLASSES, Activation.LINEAR)));

    private TinyNetwork() {}

    public static TrainingSession open(float learningRate, long seed) {
        return TrainingSession.open(NETWORK, Hyperparameters.tutorial(learningRate), seed);
    }
}
