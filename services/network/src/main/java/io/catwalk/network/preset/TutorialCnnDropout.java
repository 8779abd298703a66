package io.catwalk.network.preset;

import static io.catwalk.network.layer.Activation.LINEAR;
import static io.catwalk.network.layer.Activation.RELU;

import java.util.List;

import io.catwalk.network.Network;
import io.catwalk.network.layer.Conv2d;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.Dropout;
import io.catwalk.network.layer.Flatten;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.layer.MaxPool;

/**
 * {@link TutorialCnn} with dropout against its overfitting, which the tutorial leaves as an exercise. Positions and rates
 * are those of the same author's solution for this network in Keras
 * (https://www.datacamp.com/tutorial/convolutional-neural-networks-python): 0.25, 0.25 and 0.4 after the poolings, 0.3
 * before the logits.
 */
public final class TutorialCnnDropout implements Preset {
    @Override
    public String name() {
        return "tutorial-cnn-dropout";
    }

    @Override
    public Network network(ImageShape input, int classes) {
        return new Network(
                name(),
                input,
                classes,
                List.of(
                        new Conv2d(32, 3, RELU),
                        new MaxPool(2, 2),
                        new Dropout(0.25f),
                        new Conv2d(64, 3, RELU),
                        new MaxPool(2, 2),
                        new Dropout(0.25f),
                        new Conv2d(128, 3, RELU),
                        new MaxPool(2, 2),
                        new Dropout(0.4f),
                        new Flatten(),
                        new Dense(128, RELU),
                        new Dropout(0.3f),
                        new Dense(classes, LINEAR)));
    }
}
