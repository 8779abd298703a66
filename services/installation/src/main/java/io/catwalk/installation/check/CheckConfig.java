package io.catwalk.installation.check;

import java.net.URI;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where the services are. */
@ConfigMapping(prefix = "catwalk.check")
public interface CheckConfig {
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
}
