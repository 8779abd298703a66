package io.catwalk.serving.mirroring;

import io.catwalk.serving.loading.LoadedModel;
import io.catwalk.serving.observation.Prediction;

/**
 * A copy of a request.
 *
 * @param prediction the images, and what {@code answered} made of them
 * @param answered the version that answered the request
 * @param runs the version that gets the copy
 * @param side which of the two is on trial
 */
record Copy(Prediction prediction, LoadedModel answered, LoadedModel runs, Side side) {
    /** The version that is compared with stable. */
    LoadedModel onTrial() {
        return switch (side) {
            case CANARY -> answered;
            case SHADOW -> runs;
        };
    }

    /** Whether live requests wait for one of the two. */
    boolean inTheWay() {
        return answered.queue().depth() > 0 || runs.queue().depth() > 0;
    }

    /** The label of the version on trial. */
    enum Side {
        /** It answered, and stable gets the copy. */
        CANARY("canary"),
        /** Stable answered, and it gets the copy. */
        SHADOW("shadow");

        private final String label;

        Side(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }
}
