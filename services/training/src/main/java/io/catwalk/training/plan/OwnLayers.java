package io.catwalk.training.plan;

import java.util.List;

import io.catwalk.network.Network;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.layer.Layer;
import io.catwalk.network.preset.Preset;

/** A network of a request's own layers, trained as the tutorial's is. */
record OwnLayers(String name, List<Layer> layers) implements Preset {
    OwnLayers {
        layers = List.copyOf(layers);
    }

    @Override
    public Network network(ImageShape input, int classes) {
        return new Network(name, input, classes, layers);
    }
}
