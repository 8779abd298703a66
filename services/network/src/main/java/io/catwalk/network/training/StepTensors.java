package io.catwalk.network.training;

import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** Tensors for a step's scalars, reused for each step. */
final class StepTensors implements AutoCloseable {
    private final TInt64 step = TInt64.scalarOf(0);
    private final TFloat32 learningRate = TFloat32.scalarOf(0);
    private final TFloat32 averageKept = TFloat32.scalarOf(0);

    Session.Runner feed(Session.Runner runner, Feeds feeds, Descent descent, long stepNumber) {
        step.setLong(stepNumber);
        learningRate.setFloat((float) descent.schedule().rate(stepNumber));
        descent.averaging().ifPresent(decay -> averageKept.setFloat((float) Descent.kept(decay, stepNumber)));
        return runner.feed(feeds.step(), step)
                .feed(feeds.learningRate(), learningRate)
                .feed(feeds.averageKept(), averageKept);
    }

    @Override
    public void close() {
        step.close();
        learningRate.close();
        averageKept.close();
    }
}
