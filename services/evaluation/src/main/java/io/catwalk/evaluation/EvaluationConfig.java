package io.catwalk.evaluation;

import java.nio.file.Path;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How models are loaded and scored. */
@ConfigMapping(prefix = "catwalk.evaluation")
public interface EvaluationConfig {
    /** The folder in which models are unpacked for loading, and on whose disk datasets are while a model is scored on them. */
    @WithDefault("${java.io.tmpdir}/catwalk")
    Path workFolder();

    /** The largest model, unpacked. */
    @WithDefault("1G")
    MemorySize maxModelSize();

    /** The most memory for all tensors that a model makes of one batch, constants aside; a model that needs more is refused. */
    @WithDefault("4G")
    MemorySize maxTensorSize();

    /** Images in one batch. */
    @WithDefault("128")
    int batchSize();
}
