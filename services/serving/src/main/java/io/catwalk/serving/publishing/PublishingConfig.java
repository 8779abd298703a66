package io.catwalk.serving.publishing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The limits of what waits for the broker. */
@ConfigMapping(prefix = "catwalk.publishing")
public interface PublishingConfig {
    /** Events of each topic that may wait for the broker's acknowledgement; further ones are dropped. */
    @WithDefault("1024")
    int maxWaitingEvents();

    /** Bytes of their payloads, of each topic. */
    @WithDefault("8388608")
    int maxWaitingBytes();
}
