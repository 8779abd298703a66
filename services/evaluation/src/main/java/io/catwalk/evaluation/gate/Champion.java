package io.catwalk.evaluation.gate;

import io.catwalk.evaluation.scoring.Tally;

/**
 * The version that the label points at, scored.
 *
 * @param version its number
 * @param validation its score on the candidate's validation split
 */
public record Champion(long version, Tally validation) implements Opponent {
    public Champion {
        if (version < 1) {
            throw new IllegalArgumentException("version: " + version + ", must be at least 1");
        }
    }
}
