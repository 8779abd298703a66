package io.catwalk.evaluation.report;

import io.catwalk.evaluation.gate.Gate;
import io.catwalk.evaluation.gate.Opponent;
import io.catwalk.evaluation.gate.Verdict;

/** The gate's verdict with what it was reached by: its limits, and what the label pointed at then. */
public record Judgement(Gate gate, Opponent opponent, Verdict verdict) {}
