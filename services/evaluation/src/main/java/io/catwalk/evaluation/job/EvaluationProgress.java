package io.catwalk.evaluation.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.journal.JournalJson;

/**
 * An evaluation's progress.
 *
 * @param phase for people
 * @param images done
 * @param of all images; 0 for a phase without images
 */
record EvaluationProgress(String phase, int images, int of) {
    static EvaluationProgress of(String phase) {
        return new EvaluationProgress(phase, 0, 0);
    }

    JsonNode tree() {
        return JournalJson.tree(this);
    }
}
