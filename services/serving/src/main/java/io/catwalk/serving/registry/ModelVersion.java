package io.catwalk.serving.registry;

import java.util.List;
import java.util.Optional;

import io.catwalk.network.layer.ImageShape;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;

/**
 * A published version.
 *
 * @param digest the SavedModel's archive
 * @param onnx the ONNX export, for a version that was published with one
 * @param profile the training images in figures, for a version that was published with them
 * @param labelNames the classes' names in the order of the probabilities
 * @param entry the entry that decided it; of two for the same version the higher one applies
 */
public record ModelVersion(
        Name model,
        long version,
        Digest digest,
        Optional<Digest> onnx,
        Optional<Digest> profile,
        ImageShape image,
        List<String> labelNames,
        long entry) {
    private static final int MAX_IMAGE_VALUES = 1 << 24;

    public ModelVersion {
        labelNames = List.copyOf(labelNames);
        if (version < 1) {
            throw new IllegalArgumentException("version must be at least 1, not " + version);
        }
        if (image.size() > MAX_IMAGE_VALUES) {
            throw new IllegalArgumentException(
                    "image_shape must hold at most " + MAX_IMAGE_VALUES + " values, not " + image);
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
