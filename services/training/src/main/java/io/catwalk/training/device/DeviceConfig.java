package io.catwalk.training.device;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What this process may train on. */
@ConfigMapping(prefix = "catwalk.training")
public interface DeviceConfig {
    @WithDefault("auto")
    DevicePolicy device();
}
