package io.catwalk.console;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the console asks, and how long it waits. */
@ConfigMapping(prefix = "catwalk.console")
public interface ConsoleConfig {
    /** Base address of ingestion. */
    @WithDefault("http://127.0.0.1:8081")
    URI ingestion();

    /** Base address of training. */
    @WithDefault("http://127.0.0.1:8082")
    URI training();

    /** Base address of evaluation. */
    @WithDefault("http://127.0.0.1:8083")
    URI evaluation();

    /** Base address of serving. */
    @WithDefault("http://127.0.0.1:8080")
    URI serving();

    /** How long a page waits for a service; what hasn't come by then is shown as away. */
    @WithDefault("4s")
    Duration timeout();

    /** Names, without a port, by which browsers may call the console. The loopback address' names always may. */
    Optional<Set<String>> hosts();

    /** What is live. */
    Live live();

    /** Events that the browsers hear of. */
    interface Live {
        /** Browsers that listen at a time; another one is told to ask later. */
        @WithDefault("200")
        int clients();

        /** Newest events that are kept of each kind, for pages that open later. */
        @WithDefault("50")
        int kept();
    }
}
