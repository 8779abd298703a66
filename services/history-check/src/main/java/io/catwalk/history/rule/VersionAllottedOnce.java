package io.catwalk.history.rule;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.history.snapshot.JobStand;
import io.catwalk.history.snapshot.JobStand.Publishing;
import io.catwalk.history.snapshot.ModelSnapshot;

/** Each version's manifest is that of its number, and the evaluation of its run has given that version to this very content. */
public final class VersionAllottedOnce implements Rule<ModelSnapshot> {
    @Override
    public String name() {
        return "version-allotted-once";
    }

    @Override
    public void check(ModelSnapshot model, Finder finder) {
        model.versions().forEach((number, version) -> {
            Optional<JsonNode> manifest = version.manifest();
            String content = manifest.map(known -> known.path("model").asText() + "/"
                            + known.path("version").asText())
                    .orElse("no manifest");
            if (!content.equals(model.model() + "/" + number)) {
                finder.find(
                        version.key(),
                        "the manifest of " + model.model() + "/" + number,
                        content,
                        "restore the manifest from the bucket's backup");
                return;
            }
            String evaluation = "evaluations/" + manifest.get().path("runId").asText();
            Publishing expected = new Publishing(model.model().value(), number, version.digest());
            Optional<Publishing> named = model.jobs().apply(evaluation).flatMap(JobStand::publishing);
            if (!named.equals(Optional.of(expected))) {
                finder.find(
                        version.key(),
                        evaluation + ", whose newest entry names " + expected,
                        named.map(Object::toString).orElse("none that names a version"),
                        "restore manifest and journal from one backup; do not promote the version before that");
            }
        });
    }
}
