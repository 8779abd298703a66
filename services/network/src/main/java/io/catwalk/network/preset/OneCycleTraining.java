package io.catwalk.network.preset;

import java.util.List;

import io.catwalk.network.augmentation.HorizontalFlip;
import io.catwalk.network.augmentation.RandomCrop;
import io.catwalk.network.initializer.FirstWeights;
import io.catwalk.network.initializer.Initializer;
import io.catwalk.network.optimizer.Sgd;
import io.catwalk.network.schedule.OneCycle;
import io.catwalk.network.training.Descent;
import io.catwalk.network.training.Hyperparameters;
import io.catwalk.network.training.Precision;
import io.catwalk.network.training.Regularisation;

/** One cycle of the learning rate, with smoothed labels, weight decay, random crops and flips. */
final class OneCycleTraining {
    static final Recipe RECIPE = new Recipe(30, 128, 0.1, true);

    private OneCycleTraining() {}

    /** @param crop by how many pixels an image is moved at most */
    static Hyperparameters hyperparameters(int crop, double learningRate, long steps) {
        return new Hyperparameters(
                new Descent(new Sgd(0.9f, true), new OneCycle(learningRate, steps)),
                new FirstWeights(Initializer.HE_NORMAL, Initializer.ZEROS),
                new Regularisation(0.1f, 5e-4f, List.of(new RandomCrop(crop), new HorizontalFlip())),
                Precision.FLOAT32);
    }
}
