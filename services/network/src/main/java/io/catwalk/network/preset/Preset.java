package io.catwalk.network.preset;

import io.catwalk.network.Network;
import io.catwalk.network.layer.ImageShape;

/** A network with a name, for images of any size and any number of classes. */
public interface Preset {
    String name();

    /** @throws IllegalArgumentException for fewer than two classes */
    Network network(ImageShape input, int classes);
}
