package io.catwalk.serving.protocol.v2;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.protocol.tensor.Ranking;
import io.catwalk.serving.registry.ModelVersion;

/** The strings of the classification extension. Source: Triton, docs/protocol/extension_classification.md. */
final class TopClasses {
    private TopClasses() {}

    /** Each image's {@code count} most probable classes, as {@code probability:index:label}. */
    static List<String> of(ModelVersion version, Signature signature, float[] probabilities, int count) {
        List<String> classes = new ArrayList<>();
        for (int first = 0; first < probabilities.length; first += signature.classes()) {
            for (int index : Ranking.top(probabilities, first, signature.classes(), count)) {
                classes.add(probabilities[first + index] + ":" + index + ":"
                        + version.labelNames().get(index));
            }
        }
        return classes;
    }

    /** The same as elements of the datatype BYTES. */
    static List<byte[]> elements(ModelVersion version, Signature signature, float[] probabilities, int count) {
        return of(version, signature, probabilities, count).stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
