package io.catwalk.evaluation.report;

import java.util.Optional;

import io.catwalk.evaluation.scoring.EngineAgreement;

/**
 * Whether a model's ONNX export may be served in place of its SavedModel.
 *
 * @param digest of the export
 * @param accepted whether the version is published with it
 * @param agreement of ONNX Runtime with TensorFlow on the test split; empty for an export that gives no probabilities
 * @param reason in words
 */
public record OnnxCheck(String digest, boolean accepted, Optional<EngineAgreement> agreement, String reason) {
    public static OnnxCheck of(String digest, EngineAgreement agreement) {
        return new OnnxCheck(digest, agreement.holds(), Optional.of(agreement), agreement.description());
    }

    public static OnnxCheck unusable(String digest, String reason) {
        return new OnnxCheck(digest, false, Optional.empty(), reason);
    }
}
