package io.catwalk.history.rule;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.history.snapshot.DecisionSnapshot;
import io.catwalk.history.snapshot.LabelSnapshot;
import io.catwalk.history.snapshot.ModelSnapshot;
import io.catwalk.journal.Numbered;

/** Each version that a label's entry points at is a version of the model, with the content that its manifest names. */
public final class LabelTargets implements Rule<LabelSnapshot> {
    @Override
    public String name() {
        return "label-targets";
    }

    @Override
    public void check(LabelSnapshot label, Finder finder) {
        Map<Long, String> digests = ModelSnapshot.modelDigests(label.model().versions());
        for (Numbered entry : label.journal().entries()) {
            JsonNode target = DecisionSnapshot.decision(entry).path("label");
            if (!target.isObject()) {
                continue;
            }
            long version = target.path("version").asLong();
            String stored = digests.getOrDefault(version, "no manifest");
            if (!stored.equals(target.path("modelDigest").asText())) {
                finder.find(
                        label.journal().key(entry.number()),
                        "version %d with model %s"
                                .formatted(version, target.path("modelDigest").asText()),
                        label.model().unit() + "/versions/" + version + ".json: " + stored,
                        "restore the manifest from the bucket's backup: serving refuses the version");
            }
        }
    }
}
