package io.catwalk.network.preset;

import static io.catwalk.network.layer.Activation.LINEAR;
import static io.catwalk.network.layer.Activation.RELU;

import java.util.List;

import io.catwalk.network.Network;
import io.catwalk.network.layer.ActivationLayer;
import io.catwalk.network.layer.BatchNorm;
import io.catwalk.network.layer.Conv2d;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.GlobalAveragePool;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.layer.MaxPool;
import io.catwalk.network.layer.Padding;
import io.catwalk.network.layer.Window;
import io.catwalk.network.training.Hyperparameters;

/**
 * For colour pictures of 32 to 96 pixels: the shallow residual network of nine layers with weights that Page 2019 trained on
 * CIFAR-10 in DAWNBench (a block of two convolutions after the first and the third pooling), with three eighths of its filters,
 * poolings before normalisations, and one cycle of the learning rate. From 48 pixels on the first convolution halves the picture.
 */
public final class ResnetColour implements Preset {
    private static final int FILTERS = 24;
    private static final int LARGE = 48;
    private static final Window WINDOW = Window.same(3);

    @Override
    public String name() {
        return "resnet-colour";
    }

    @Override
    public Network network(ImageShape input, int classes) {
        int stride = Math.max(input.height(), input.width()) < LARGE ? 1 : 2;
        return new Network(
                name(),
                input,
                classes,
                List.of(
                        Conv2d.bare(FILTERS, new Window(3, stride, Padding.SAME)),
                        new BatchNorm(),
                        new ActivationLayer(RELU),
                        Conv2d.bare(2 * FILTERS, WINDOW),
                        new MaxPool(2, 2),
                        new BatchNorm(),
                        new ActivationLayer(RELU),
                        BasicBlock.of(2 * FILTERS, 1),
                        Conv2d.bare(4 * FILTERS, WINDOW),
                        new MaxPool(2, 2),
                        new BatchNorm(),
                        new ActivationLayer(RELU),
                        Conv2d.bare(8 * FILTERS, WINDOW),
                        new MaxPool(2, 2),
                        new BatchNorm(),
                        new ActivationLayer(RELU),
                        BasicBlock.of(8 * FILTERS, 1),
                        new GlobalAveragePool(),
                        new Dense(classes, LINEAR)));
    }

    @Override
    public Recipe recipe() {
        return OneCycleTraining.RECIPE;
    }

    @Override
    public Hyperparameters hyperparameters(double learningRate, long steps) {
        return OneCycleTraining.hyperparameters(4, learningRate, steps);
    }
}
