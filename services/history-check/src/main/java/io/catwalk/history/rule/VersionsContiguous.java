package io.catwalk.history.rule;

import io.catwalk.history.snapshot.ModelSnapshot;

/** A model's versions are numbered from 1 without a gap. */
public final class VersionsContiguous implements Rule<ModelSnapshot> {
    @Override
    public String name() {
        return "versions-contiguous";
    }

    @Override
    public void check(ModelSnapshot model, Finder finder) {
        for (Gap gap : Gap.of(model.versions().keySet())) {
            finder.find(
                    model.unit() + "/versions/" + gap.first() + ".json",
                    "a manifest, as there is version " + gap.before(),
                    "none",
                    "restore it from the bucket's backup: a number is never free again");
        }
        model.foreign()
                .forEach(key -> finder.find(
                        key,
                        "only manifests, named as 1.json",
                        "another object",
                        "find out who wrote it, and delete it"));
    }
}
