package io.catwalk.serving.protocol.exchange;

import java.io.InputStream;
import java.util.Optional;

import io.catwalk.serving.loading.ModelReference;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * A prediction request as it arrives.
 *
 * @param model what it asks for
 * @param body not yet read
 * @param nanos when it arrived, on {@link System#nanoTime}'s clock
 */
public record Arrival(ModelReference model, InputStream body, RoutingContext http, long nanos) {
    public static Arrival now(ModelReference model, InputStream body, RoutingContext http) {
        return new Arrival(model, body, http, System.nanoTime());
    }

    long elapsedNanos() {
        return System.nanoTime() - nanos;
    }

    /** Whether nobody is left to take the answer. */
    boolean clientGone() {
        return http.response().closed();
    }

    byte[] read(BodyReader bodies) {
        Optional<Long> length = header(HttpHeaders.CONTENT_LENGTH).map(Long::valueOf);
        return bodies.read(body, length, header(HttpHeaders.CONTENT_ENCODING));
    }

    private Optional<String> header(String name) {
        return Optional.ofNullable(http.request().getHeader(name));
    }
}
