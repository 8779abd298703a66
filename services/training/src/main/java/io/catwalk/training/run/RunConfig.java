package io.catwalk.training.run;

import java.nio.file.Path;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where runs work. */
@ConfigMapping(prefix = "catwalk.training")
public interface RunConfig {
    /** The folder on whose disk datasets are while they are trained on. */
    @WithDefault("${java.io.tmpdir}/catwalk")
    Path workFolder();
}
