package io.catwalk.evaluation.job;

import java.util.List;
import java.util.Optional;

import io.catwalk.evaluation.gate.Candidate;
import io.catwalk.evaluation.gate.Opponent;
import io.catwalk.evaluation.gate.Verdict;
import io.catwalk.evaluation.report.OnnxCheck;

/**
 * The results of scoring, so that the next lease holder needn't score again.
 *
 * @param imageShape of one image: height, width, channels
 * @param reportDigest report.json's blob, as {@code sha256:<64 hex digits>}
 * @param pageDigest report.html's blob
 * @param profileDigest the training images in figures; empty where an older release has scored
 * @param onnx of the model's ONNX export; empty without one
 * @param opponent what the label pointed at when the report was written
 * @param verdict against that opponent; the final decision may be against a later one
 */
public record Findings(
        SplitFigures validation,
        SplitFigures test,
        List<Integer> imageShape,
        List<String> labelNames,
        String reportDigest,
        String pageDigest,
        Optional<String> profileDigest,
        Optional<OnnxCheck> onnx,
        Opponent opponent,
        Verdict verdict) {
    public Findings {
        imageShape = List.copyOf(imageShape);
        labelNames = List.copyOf(labelNames);
    }

    /** The export that the version is published with. */
    Optional<String> onnxDigest() {
        return onnx.filter(OnnxCheck::accepted).map(OnnxCheck::digest);
    }

    Candidate candidate() {
        return new Candidate(validation.tally(), test.tally());
    }
}
