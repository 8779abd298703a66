package io.catwalk.network.training;

import io.catwalk.network.initializer.GlorotUniform;
import io.catwalk.network.initializer.Initializer;
import io.catwalk.network.optimizer.Adam;
import io.catwalk.network.optimizer.Optimizer;

/** What a training session takes beside the network and the seed. */
public record Hyperparameters(Optimizer optimizer, Initializer initializer) {
    /** The tutorial's: Adam with a learning rate of 0.001, Glorot uniform for kernels and biases. */
    public static Hyperparameters tutorial() {
        return new Hyperparameters(Adam.of(1e-3f), new GlorotUniform());
    }
}
