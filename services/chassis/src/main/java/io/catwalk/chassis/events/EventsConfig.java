package io.catwalk.chassis.events;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** The topics. */
@ConfigMapping(prefix = "catwalk.events")
public interface EventsConfig {
    /** Stands before every topic's name, so that two installations share a broker. */
    Optional<String> topicPrefix();
}
