package io.catwalk.evaluation.gate;

import io.catwalk.evaluation.scoring.Tally;

/** The model to be judged, scored on its own dataset. */
public record Candidate(Tally validation, Tally test) {}
