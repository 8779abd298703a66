package io.catwalk.serving.tracing;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where requests are shown as spans. */
@ConfigMapping(prefix = "catwalk.tracing")
public interface TracingConfig {
    /** A collector that takes OTLP over HTTP, as {@code http://collector:4318}. Without it there are no spans. */
    Optional<URI> endpoint();

    /** The share of the traces that begin here, 0 to 1; a caller's own are traced as the caller decided. */
    @WithDefault("1")
    double share();

    /** How long spans wait until they are sent together. */
    @WithDefault("5s")
    Duration interval();
}
