package io.catwalk.serving.protocol.http;

import java.util.OptionalInt;

import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.VertxOptions;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** As many event loops as processors, unless configured: with Vert.x's two for each, they and the engine change threads more often. */
@Singleton
public final class EventLoops implements VertxOptionsCustomizer {
    private final OptionalInt configured;

    public EventLoops(@ConfigProperty(name = "quarkus.vertx.event-loops-pool-size") OptionalInt configured) {
        this.configured = configured;
    }

    @Override
    public void accept(VertxOptions options) {
        options.setEventLoopPoolSize(
                configured.orElseGet(() -> Runtime.getRuntime().availableProcessors()));
    }
}
