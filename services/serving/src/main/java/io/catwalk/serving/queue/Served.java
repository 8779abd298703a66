package io.catwalk.serving.queue;

import io.catwalk.serving.engine.Engine;
import io.catwalk.serving.registry.ModelVersion;
import io.micrometer.core.instrument.Tags;

/**
 * A loaded version as metrics know it.
 *
 * @param engine the label of its engine
 */
public record Served(ModelVersion version, String engine, Statistics statistics) {
    public static Served of(ModelVersion version, Engine engine) {
        return new Served(
                version,
                engine.kind().label(),
                new Statistics(new VersionMeters(version.labelNames().size())));
    }

    Tags tags() {
        return InferenceMetrics.versionTags(version).and("engine", engine);
    }
}
