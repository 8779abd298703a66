package io.catwalk.evaluation.gate;

import io.catwalk.evaluation.scoring.Tally;

/** The model to be evaluated, scored on its own dataset. */
public record Candidate(Tally validation, Tally test) {}
