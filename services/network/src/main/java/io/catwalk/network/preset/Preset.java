package io.catwalk.network.preset;

import io.catwalk.network.Network;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.training.Hyperparameters;

/** A named network for images of any size and any number of classes, with its method of training. */
public interface Preset {
    String name();

    /** @throws IllegalArgumentException for fewer than two classes */
    Network network(ImageShape input, int classes);

    /** The tutorial's by default. */
    default Recipe recipe() {
        return Recipe.tutorial();
    }

    /**
     * The hyperparameters; the tutorial's by default.
     *
     * @param learningRate its schedule's highest
     * @param steps of the whole run, at least 1: schedules end with them
     */
    default Hyperparameters hyperparameters(double learningRate, long steps) {
        return Hyperparameters.tutorial(learningRate);
    }
}
