package io.catwalk.network.preset;

import static io.catwalk.network.layer.Activation.LINEAR;
import static io.catwalk.network.layer.Activation.RELU;

import java.util.List;

import io.catwalk.network.Network;
import io.catwalk.network.layer.ActivationLayer;
import io.catwalk.network.layer.BatchNorm;
import io.catwalk.network.layer.Conv2d;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.Dropout;
import io.catwalk.network.layer.GlobalAveragePool;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.layer.MaxPool;
import io.catwalk.network.layer.Window;
import io.catwalk.network.training.Hyperparameters;

/**
 * A small network with much regularisation: batch normalisation after each convolution, random crops and
 * flips, weight decay, smoothed labels, dropout, and one cycle of the learning rate. Poolings come before the
 * normalisation, which then works on a quarter of the values.
 */
public final class RegularisedCnn implements Preset {
    private static final Window WINDOW = Window.same(3);

    @Override
    public String name() {
        return "regularised-cnn";
    }

    @Override
    public Network network(ImageShape input, int classes) {
        return new Network(
                name(),
                input,
                classes,
                List.of(
                        Conv2d.bare(48, WINDOW),
                        new MaxPool(2, 2),
                        new BatchNorm(),
                        new ActivationLayer(RELU),
                        Conv2d.bare(96, WINDOW),
                        new BatchNorm(),
                        new ActivationLayer(RELU),
                        Conv2d.bare(96, WINDOW),
                        new MaxPool(2, 2),
                        new BatchNorm(),
                        new ActivationLayer(RELU),
                        Conv2d.bare(192, WINDOW),
                        new BatchNorm(),
                        new ActivationLayer(RELU),
                        Conv2d.bare(192, WINDOW),
                        new BatchNorm(),
                        new ActivationLayer(RELU),
                        new GlobalAveragePool(),
                        new Dropout(0.3f),
                        new Dense(classes, LINEAR)));
    }

    @Override
    public Recipe recipe() {
        return OneCycleTraining.RECIPE;
    }

    @Override
    public Hyperparameters hyperparameters(double learningRate, long steps) {
        return OneCycleTraining.hyperparameters(2, learningRate, steps);
    }
}
