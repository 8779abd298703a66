package io.catwalk.serving.protocol.http;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Drains connections at shutdown: each response closes its connection, so that none has a request in flight when the
 * server closes.
 */
@Singleton
public class Draining {
    private static final int BEFORE_ALL_ROUTES = 10_000;

    private volatile boolean stopping;

    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        stopping = true;
    }

    void register(@Observes Filters filters) {
        filters.register(this::closeWhenStopping, BEFORE_ALL_ROUTES);
    }

    private void closeWhenStopping(RoutingContext http) {
        if (stopping) {
            http.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        http.next();
    }
}
