package io.catwalk.network.training;

import io.catwalk.network.initializer.FirstWeights;
import io.catwalk.network.initializer.Initializer;
import io.catwalk.network.optimizer.Adam;
import io.catwalk.network.schedule.Constant;

/** A training session's parameters besides the network and the seed. */
public record Hyperparameters(
        Descent descent, FirstWeights firstWeights, Regularisation regularisation, Precision precision) {
    /** The tutorial's: Adam with a learning rate of 0.001, Glorot uniform for kernels and biases, no regularisation. */
    public static Hyperparameters tutorial() {
        return tutorial(1e-3);
    }

    /** The tutorial's with another learning rate. */
    public static Hyperparameters tutorial(double learningRate) {
        return new Hyperparameters(
                new Descent(new Adam(), new Constant(learningRate)),
                new FirstWeights(Initializer.GLOROT_UNIFORM, Initializer.GLOROT_UNIFORM),
                Regularisation.none(),
                Precision.FLOAT32);
    }
}
