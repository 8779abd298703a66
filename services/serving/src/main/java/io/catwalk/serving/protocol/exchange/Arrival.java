package io.catwalk.serving.protocol.exchange;

import java.util.Optional;

import io.catwalk.serving.loading.ModelReference;
import io.catwalk.serving.observation.RequestHeaders;
import io.vertx.ext.web.RoutingContext;

/**
 * A prediction request whose body has arrived.
 *
 * @param model the model in its path
 */
public record Arrival(ModelReference model, RoutingContext http) {
    /** When its headers were there, on {@link System#nanoTime}'s clock. */
    long nanos() {
        return received().arrivedNanos();
    }

    long elapsedNanos() {
        return System.nanoTime() - nanos();
    }

    /** Whether the client is gone. */
    boolean clientGone() {
        return http.response().closed();
    }

    RequestHeaders headers() {
        return name -> Optional.ofNullable(http.request().getHeader(name));
    }

    IncomingRequest received() {
        return IncomingRequest.of(http);
    }
}
