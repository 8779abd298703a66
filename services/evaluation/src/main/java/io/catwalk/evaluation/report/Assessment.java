package io.catwalk.evaluation.report;

import io.catwalk.evaluation.gate.Gate;
import io.catwalk.evaluation.gate.Opponent;
import io.catwalk.evaluation.gate.Verdict;

/** The gate's verdict with its limits and the opponent. */
public record Assessment(Gate gate, Opponent opponent, Verdict verdict) {}
