package io.catwalk.network.preset;

import static io.catwalk.network.layer.Activation.LINEAR;
import static io.catwalk.network.layer.Activation.RELU;

import java.util.ArrayList;
import java.util.List;

import io.catwalk.network.Network;
import io.catwalk.network.augmentation.HorizontalFlip;
import io.catwalk.network.augmentation.RandomCrop;
import io.catwalk.network.augmentation.RandomErasing;
import io.catwalk.network.initializer.FirstWeights;
import io.catwalk.network.initializer.Initializer;
import io.catwalk.network.layer.ActivationLayer;
import io.catwalk.network.layer.BatchNorm;
import io.catwalk.network.layer.Conv2d;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.GlobalAveragePool;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.layer.Layer;
import io.catwalk.network.layer.Window;
import io.catwalk.network.optimizer.Sgd;
import io.catwalk.network.schedule.Cosine;
import io.catwalk.network.schedule.WarmUp;
import io.catwalk.network.training.Descent;
import io.catwalk.network.training.Hyperparameters;
import io.catwalk.network.training.Precision;
import io.catwalk.network.training.Regularisation;

/**
 * ResNet-20 (He et al. 2016, section 4.2) with projections where shapes differ, trained with random erasing as Zhong et al.
 * 2020 did on Fashion-MNIST, with a cosine schedule and fewer epochs than their 300.
 */
public final class ResnetRe implements Preset {
    private static final int STAGES = 3;
    private static final int BLOCKS = 3;
    private static final int FIRST_FILTERS = 16;
    private static final double RATE = 0.1;

    @Override
    public String name() {
        return "resnet-re";
    }

    @Override
    public Network network(ImageShape input, int classes) {
        List<Layer> layers = new ArrayList<>();
        layers.add(Conv2d.bare(FIRST_FILTERS, Window.same(3)));
        layers.add(new BatchNorm());
        layers.add(new ActivationLayer(RELU));
        for (int stage = 0; stage < STAGES; stage++) {
            for (int block = 0; block < BLOCKS; block++) {
                layers.add(BasicBlock.of(FIRST_FILTERS << stage, stage > 0 && block == 0 ? 2 : 1));
            }
        }
        layers.add(new GlobalAveragePool());
        layers.add(new Dense(classes, LINEAR));
        return new Network(name(), input, classes, layers);
    }

    @Override
    public Recipe recipe() {
        return new Recipe(80, 128, RATE, true);
    }

    @Override
    public Hyperparameters hyperparameters(double learningRate, long steps) {
        long rising = Math.max(1, steps / 20);
        var schedule = new WarmUp(rising, new Cosine(learningRate, learningRate / 1000, Math.max(1, steps - rising)));
        return new Hyperparameters(
                new Descent(new Sgd(0.9f, true), schedule),
                new FirstWeights(Initializer.HE_NORMAL, Initializer.ZEROS),
                new Regularisation(0, 5e-4f, List.of(new RandomCrop(4), new HorizontalFlip(), new RandomErasing())),
                Precision.FLOAT32);
    }
}
