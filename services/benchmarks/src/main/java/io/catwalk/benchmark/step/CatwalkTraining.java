package io.catwalk.benchmark.step;

import io.catwalk.network.Network;
import io.catwalk.network.training.Hyperparameters;
import io.catwalk.network.training.Precision;
import io.catwalk.network.training.TrainingSession;

/** The session that the training service steps. */
final class CatwalkTraining implements Training {
    private final TrainingSession session;

    private CatwalkTraining(TrainingSession session) {
        this.session = session;
    }

    /** @throws IllegalArgumentException when this machine lacks what the precision needs */
    static CatwalkTraining of(Network network, Precision precision) {
        Hyperparameters tutorial = Hyperparameters.tutorial();
        var hyperparameters =
                new Hyperparameters(tutorial.descent(), tutorial.firstWeights(), tutorial.regularisation(), precision);
        return new CatwalkTraining(TrainingSession.open(network, hyperparameters, 42));
    }

    @Override
    public float step(float[] images, int[] labels, long number) {
        return session.step(images, labels, number).loss();
    }

    @Override
    public void close() {
        session.close();
    }
}
