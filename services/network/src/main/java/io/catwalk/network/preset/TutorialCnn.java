package io.catwalk.network.preset;

import static io.catwalk.network.layer.Activation.LINEAR;
import static io.catwalk.network.layer.Activation.RELU;

import java.util.List;

import io.catwalk.network.Network;
import io.catwalk.network.layer.Conv2d;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.Flatten;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.layer.MaxPool;

/**
 * The network of DataCamp's tutorial "Convolutional Neural Networks with TensorFlow"
 * (https://www.datacamp.com/tutorial/cnn-tensorflow-python): 356,234 parameters on 28x28x1 images of ten classes.
 */
public final class TutorialCnn implements Preset {
    @Override
    public String name() {
        return "tutorial-cnn";
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
                        new Conv2d(64, 3, RELU),
                        new MaxPool(2, 2),
                        new Conv2d(128, 3, RELU),
                        new MaxPool(2, 2),
                        new Flatten(),
                        new Dense(128, RELU),
                        new Dense(classes, LINEAR)));
    }
}
