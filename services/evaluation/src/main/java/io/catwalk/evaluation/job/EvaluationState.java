package io.catwalk.evaluation.job;

import java.util.Optional;

import io.catwalk.evaluation.registry.LabelDecision;
import io.catwalk.evaluation.registry.VersionManifest;
import io.catwalk.journal.job.Job;

/**
 * The state of an evaluation in its journal.
 *
 * @param findings once it is scored
 * @param publishing the version that it gives the candidate: named here before its manifest is created
 * @param decided once its entry is in the label journal and, for a promotion, this journal has the version's event
 */
public record EvaluationState(Optional<Findings> findings, Optional<Publishing> publishing, Optional<Decided> decided) {

    /** @param manifestDigest the digest of the manifest's canonical bytes */
    public record Publishing(VersionManifest manifest, String manifestDigest) {}

    /** @param entry its number in the label journal */
    public record Decided(long entry, LabelDecision decision) {}

    public static EvaluationState of(Job job) {
        return job.fold().state().isNull()
                ? new EvaluationState(Optional.empty(), Optional.empty(), Optional.empty())
                : job.state(EvaluationState.class);
    }

    EvaluationState found(Findings newFindings) {
        return new EvaluationState(Optional.of(newFindings), publishing, decided);
    }

    EvaluationState publishingAs(VersionManifest manifest) {
        Publishing named = new Publishing(manifest, manifest.digest().toString());
        return new EvaluationState(findings, Optional.of(named), decided);
    }

    EvaluationState decidedAs(long entry, LabelDecision decision) {
        return new EvaluationState(findings, publishing, Optional.of(new Decided(entry, decision)));
    }
}
