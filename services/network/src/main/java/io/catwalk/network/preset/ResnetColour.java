package io.catwalk.network.preset;

import static io.catwalk.network.layer.Activation.LINEAR;
import static io.catwalk.network.layer.Activation.RELU;

import java.util.List;

import io.catwalk.network.Network;
import io.catwalk.network.augmentation.HorizontalFlip;
import io.catwalk.network.augmentation.RandomCrop;
import io.catwalk.network.initializer.FirstWeights;
import io.catwalk.network.initializer.Initializer;
import io.catwalk.network.layer.ActivationLayer;
import io.catwalk.network.layer.BatchNorm;
import io.catwalk.network.layer.Conv2d;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.GlobalAveragePool;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.layer.MaxPool;
import io.catwalk.network.layer.Padding;
import io.catwalk.network.layer.ResidualBlock;
import io.catwalk.network.layer.Window;
import io.catwalk.network.optimizer.Sgd;
import io.catwalk.network.schedule.OneCycle;
import io.catwalk.network.training.Descent;
import io.catwalk.network.training.Hyperparameters;
import io.catwalk.network.training.Precision;
import io.catwalk.network.training.Regularisation;

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
                        block(2 * FILTERS),
                        Conv2d.bare(4 * FILTERS, WINDOW),
                        new MaxPool(2, 2),
                        new BatchNorm(),
                        new ActivationLayer(RELU),
                        Conv2d.bare(8 * FILTERS, WINDOW),
                        new MaxPool(2, 2),
                        new BatchNorm(),
                        new ActivationLayer(RELU),
                        block(8 * FILTERS),
                        new GlobalAveragePool(),
                        new Dense(classes, LINEAR)));
    }

    @Override
    public Recipe recipe() {
        return new Recipe(30, 128, 0.1, true);
    }

    @Override
    public Hyperparameters hyperparameters(double learningRate, long steps) {
        return new Hyperparameters(
                new Descent(new Sgd(0.9f, true), new OneCycle(learningRate, steps)),
                new FirstWeights(Initializer.HE_NORMAL, Initializer.ZEROS),
                new Regularisation(0.1f, 5e-4f, List.of(new RandomCrop(4), new HorizontalFlip())),
                Precision.FLOAT32);
    }

    private static ResidualBlock block(int filters) {
        return new ResidualBlock(
                List.of(
                        Conv2d.bare(filters, WINDOW),
                        new BatchNorm(),
                        new ActivationLayer(RELU),
                        Conv2d.bare(filters, WINDOW),
                        new BatchNorm()),
                RELU);
    }
}
