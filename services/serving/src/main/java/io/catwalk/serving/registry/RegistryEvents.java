package io.catwalk.serving.registry;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.model.v1.ModelPublished;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;

/** Applies the registry's events to {@link ModelRegistry}. */
final class RegistryEvents {
    private static final int RANK = 3;

    private final ModelRegistry registry;

    RegistryEvents(ModelRegistry registry) {
        this.registry = registry;
    }

    /** @throws IllegalArgumentException naming the field that is wrong */
    void apply(ModelPublished event) {
        registry.publish(new ModelVersion(
                field("model", () -> new Name(event.getModel())),
                event.getVersion(),
                field("model_digest", () -> Digest.parse(event.getModelDigest())),
                field("onnx_digest", () -> optional(event.getOnnxDigest())),
                field("profile_digest", () -> optional(event.getProfileDigest())),
                field("image_shape", () -> shape(event.getImageShapeList())),
                event.getLabelNamesList(),
                event.getEntry()));
    }

    /** @throws IllegalArgumentException naming the field that is wrong */
    void apply(ModelPromoted event) {
        Name label = field("label", () -> new Name(event.getLabel()));
        registry.promote(
                field("model", () -> new Name(event.getModel())),
                label,
                new Promotion(
                        event.getVersion(),
                        field("model_digest", () -> Digest.parse(event.getModelDigest())),
                        event.getEntry(),
                        weight(event, label)));
    }

    /** Only the labels of rollouts have one. */
    private static OptionalDouble weight(ModelPromoted event, Name label) {
        boolean rollout = label.equals(ModelRegistry.CANARY) || label.equals(ModelRegistry.SHADOW);
        return rollout && event.hasWeight() ? OptionalDouble.of(event.getWeight()) : OptionalDouble.empty();
    }

    private static Optional<Digest> optional(String digest) {
        return digest.isEmpty() ? Optional.empty() : Optional.of(Digest.parse(digest));
    }

    private static ImageShape shape(List<Integer> dimensions) {
        if (dimensions.size() != RANK) {
            throw new IllegalArgumentException("must be height, width and channels, not " + dimensions);
        }
        return new ImageShape(dimensions.get(0), dimensions.get(1), dimensions.get(2));
    }

    private static <T> T field(String name, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }
}
