package io.catwalk.chassis.topics;

import java.time.Duration;
import java.util.Optional;

import io.catwalk.journal.Retry;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The topics, and how they are read. */
@ConfigMapping(prefix = "catwalk.events")
public interface EventsConfig {
    /** Stands before every topic's name, so that two installations share a broker. */
    Optional<String> topicPrefix();

    /** Interval between two polls of how many records of the request topics aren't acknowledged. */
    @WithDefault("15s")
    Duration unacknowledgedRefresh();

    Backoff backoff();

    /** Backoff of a record that can't be handled while the store or the broker is away. */
    interface Backoff {
        /** Longest pause after the first try. */
        @WithDefault("500ms")
        Duration first();

        /** Longest pause after many. */
        @WithDefault("10s")
        Duration longest();

        default Retry retry() {
            return new Retry(first(), longest());
        }
    }
}
