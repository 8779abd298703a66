package io.catwalk.network.preset;

import io.catwalk.network.Network;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.training.Hyperparameters;

/** A network with a name, for images of any size and any number of classes, and the way to train it. */
public interface Preset {
    String name();

    /** @throws IllegalArgumentException for fewer than two classes */
    Network network(ImageShape input, int classes);

    /** The tutorial's, unless a preset has its own. */
    default Recipe recipe() {
        return Recipe.tutorial();
    }

    /**
     * What it is trained with; as the tutorial's network, unless a preset has its own way.
     *
     * @param learningRate its schedule's highest
     * @param steps of the whole run, at least 1: schedules end with them
     */
    default Hyperparameters hyperparameters(double learningRate, long steps) {
        return Hyperparameters.tutorial(learningRate);
    }
}
