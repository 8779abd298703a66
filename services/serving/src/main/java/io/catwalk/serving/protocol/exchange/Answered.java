package io.catwalk.serving.protocol.exchange;

import java.util.Map;

import io.catwalk.serving.loading.LoadedModel;
import io.catwalk.serving.registry.ModelVersion;

/**
 * An answer, and what gave it.
 *
 * @param headers the model, version, digest and engine, as every protocol's answer names them
 */
public record Answered<A>(A answer, Map<String, String> headers) {
    public Answered {
        headers = Map.copyOf(headers);
    }

    static <A> Answered<A> by(LoadedModel model, A answer) {
        ModelVersion version = model.version();
        return new Answered<>(
                answer,
                Map.of(
                        "catwalk-model", version.model().value(),
                        "catwalk-version", Long.toString(version.version()),
                        "catwalk-digest", version.digest().toString(),
                        "catwalk-engine", model.engine().kind().label()));
    }
}
