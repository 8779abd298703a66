package io.catwalk.serving.payload;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which requests are logged with their answers. */
@ConfigMapping(prefix = "catwalk.payload-log")
public interface PayloadLogConfig {
    /** The share of predictions that is logged, 0 to 1. */
    @WithDefault("0")
    double share();

    /** Whether their images are logged with them. */
    @WithDefault("true")
    boolean images();

    /** Bytes of an event's payload, 1024 to 917504, which a broker's default limit allows; a larger one is dropped. */
    @WithDefault("262144")
    int maxBytes();
}
