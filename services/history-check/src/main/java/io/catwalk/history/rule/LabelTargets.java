package io.catwalk.history.rule;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.history.snapshot.DecisionSnapshot;
import io.catwalk.history.snapshot.LabelSnapshot;
import io.catwalk.history.snapshot.ModelSnapshot;
import io.catwalk.journal.Numbered;
import io.catwalk.objectstore.JobKind;

/**
 * Each version that a label's entry points at is a version of the model, with the content that its manifest names; one that an
 * evaluation promoted is the version of its run.
 */
public final class LabelTargets implements Rule<LabelSnapshot> {
    private static final String EVALUATIONS = JobKind.EVALUATION.folder() + "/";
    private static final String NEXT = "restore the manifest from the bucket's backup: serving refuses the version";

    @Override
    public String name() {
        return "label-targets";
    }

    @Override
    public void check(LabelSnapshot label, Finder finder) {
        for (Numbered entry : label.journal().entries()) {
            JsonNode decision = DecisionSnapshot.decision(entry);
            JsonNode target = decision.path("label");
            if (!target.isObject()) {
                continue;
            }
            long version = target.path("version").asLong();
            Optional<JsonNode> manifest =
                    Optional.ofNullable(label.model().versions().get(version)).flatMap(ModelSnapshot.Version::manifest);
            String subject = label.journal().key(entry.number());
            String key = label.model().unit() + "/versions/" + version + ".json: ";
            String stored = manifest.map(
                            known -> known.path("digests").path("model").asText())
                    .orElse("no manifest");
            if (!stored.equals(target.path("modelDigest").asText())) {
                finder.find(
                        subject,
                        "version %d with model %s"
                                .formatted(version, target.path("modelDigest").asText()),
                        key + stored,
                        NEXT);
                continue;
            }
            String cause = DecisionSnapshot.cause(entry);
            String run = manifest.get().path("runId").asText();
            if (cause.startsWith(EVALUATIONS)
                    && target.equals(decision.path("candidate"))
                    && !cause.equals(EVALUATIONS + run)) {
                finder.find(subject, "version %d of the run that %s is of".formatted(version, cause), key + run, NEXT);
            }
        }
    }
}
