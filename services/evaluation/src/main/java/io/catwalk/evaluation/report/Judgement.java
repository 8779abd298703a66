package io.catwalk.evaluation.report;

import java.util.Optional;

import io.catwalk.evaluation.gate.Champion;
import io.catwalk.evaluation.gate.Gate;
import io.catwalk.evaluation.gate.Verdict;

/** The gate's verdict with what it was reached by: its limits, and the champion at the time of the evaluation. */
public record Judgement(Gate gate, Optional<Champion> champion, Verdict verdict) {}
