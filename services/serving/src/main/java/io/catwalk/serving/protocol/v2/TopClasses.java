package io.catwalk.serving.protocol.v2;

import java.util.List;

import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.protocol.tensor.Ranking;
import io.catwalk.serving.registry.ModelVersion;

/** The strings of the classification extension. Source: Triton, docs/protocol/extension_classification.md. */
final class TopClasses {
    private TopClasses() {}

    /** One image's most probable classes, as {@code probability:index:label}. */
    static List<String> of(ModelVersion version, Signature signature, float[] probabilities, int image, int count) {
        int first = image * signature.classes();
        return Ranking.top(probabilities, first, signature.classes(), count).stream()
                .map(index -> probabilities[first + index] + ":" + index + ":"
                        + version.labelNames().get(index))
                .toList();
    }
}
