package io.catwalk.serving.registry;

import java.util.List;

import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import io.catwalk.serving.engine.ImageShape;

/**
 * A published version.
 *
 * @param digest the model's archive
 * @param labelNames the classes' names in the order of the probabilities
 * @param entry the entry that decided it; of two that name the same version the higher holds
 */
public record ModelVersion(
        Name model, long version, Digest digest, ImageShape image, List<String> labelNames, long entry) {
    public ModelVersion {
        labelNames = List.copyOf(labelNames);
        if (version < 1) {
            throw new IllegalArgumentException("version must be at least 1, not " + version);
        }
        if (labelNames.size() < 2) {
            throw new IllegalArgumentException("label_names must hold at least 2 names, not " + labelNames.size());
        }
    }

    @Override
    public String toString() {
        return model + "/" + version;
    }
}
