package io.catwalk.console.access;

import java.util.Optional;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;

/** What the caller of this request showed, to be shown to the services in turn: the console has no rights of its own. */
@RequestScoped
public class Credential {
    private final RoutingContext http;

    Credential(RoutingContext http) {
        this.http = http;
    }

    /** The header {@code Authorization}; empty where access control is off. */
    public Optional<String> authorization() {
        return Optional.ofNullable(http.request().getHeader(HttpHeaders.AUTHORIZATION));
    }
}
