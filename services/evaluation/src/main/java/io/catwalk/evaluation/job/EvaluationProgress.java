package io.catwalk.evaluation.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.journal.JournalJson;

/**
 * What an evaluation shows while it works.
 *
 * @param phase for people
 * @param images done
 * @param of in all; 0 for a phase that counts none
 */
record EvaluationProgress(String phase, int images, int of) {
    static EvaluationProgress of(String phase) {
        return new EvaluationProgress(phase, 0, 0);
    }

    JsonNode tree() {
        return JournalJson.tree(this);
    }
}
