package io.catwalk.training.loop;

import java.util.List;

import io.catwalk.dataset.ImageSet;
import io.catwalk.network.training.StepOutcome;
import io.catwalk.network.training.TrainingSession;

/** The way in which a session is given its batches. */
sealed interface Steps {
    /** At most so many steps are made at a time. */
    int most();

    /**
     * Makes steps.
     *
     * @param images indices into the training split, a batch for each step
     * @param first the first step's number
     */
    List<StepOutcome> make(int[] images, int steps, long first);

    static Steps of(TrainingSession session, ImageSet train, int batchSize) {
        return session.residentSteps() == 0
                ? new Fed(session, train, new Batch(train.shape().bytes(), batchSize))
                : new Resident(session);
    }

    /** The session is fed each batch. */
    record Fed(TrainingSession session, ImageSet train, Batch batch) implements Steps {
        @Override
        public int most() {
            return 1;
        }

        @Override
        public List<StepOutcome> make(int[] images, int steps, long first) {
            batch.fill(train, place -> images[place]);
            return List.of(session.step(batch.images(), batch.labels(), first));
        }
    }

    /** The session keeps the training split, and gathers batches from it. */
    record Resident(TrainingSession session) implements Steps {
        @Override
        public int most() {
            return session.residentSteps();
        }

        @Override
        public List<StepOutcome> make(int[] images, int steps, long first) {
            return session.steps(images, steps, first);
        }
    }
}
