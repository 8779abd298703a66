package io.catwalk.chassis.node;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who this process is. */
@ConfigMapping(prefix = "catwalk.node")
public interface NodeConfig {
    /** The replica's name, as the pod's; shown in journals and events. */
    @WithDefault("${HOSTNAME:local}")
    String name();
}
