package io.catwalk.training.device;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What this process may train on, and how. */
@ConfigMapping(prefix = "catwalk.training")
public interface DeviceConfig {
    @WithDefault("auto")
    DevicePolicy device();

    /** A split of more than a billion values is fed batch by batch all the same. */
    @WithDefault("auto")
    ResidencePolicy resident();

    /** Steps that are made in one call where the split is resident, 1 to 64. */
    @WithDefault("8")
    int stepsPerCall();
}
