package io.catwalk.serving.protocol.http;

import java.time.Duration;
import java.util.Optional;

import io.catwalk.serving.loading.ModelReference;
import io.catwalk.serving.observation.RequestHeaders;
import io.catwalk.serving.protocol.exchange.Arrival;
import io.vertx.ext.web.RoutingContext;

/**
 * A request over HTTP, whose content is its inflated body.
 *
 * @param model the model in its path
 */
record HttpArrival(ModelReference model, RoutingContext http, IncomingRequest received) implements Arrival<byte[]> {
    @Override
    public long nanos() {
        return received.arrivedNanos();
    }

    @Override
    public Optional<Duration> patience() {
        return Optional.empty();
    }

    @Override
    public boolean isShort() {
        return received.isShort();
    }

    @Override
    public boolean clientGone() {
        return http.response().closed();
    }

    @Override
    public RequestHeaders headers() {
        return name -> Optional.ofNullable(http.request().getHeader(name));
    }

    @Override
    public void begin() {
        received.begin();
    }

    @Override
    public byte[] content() {
        return received.content();
    }

    @Override
    public void close() {
        received.close();
    }
}
