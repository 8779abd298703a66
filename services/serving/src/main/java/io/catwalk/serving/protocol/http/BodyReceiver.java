package io.catwalk.serving.protocol.http;

import java.time.Duration;

import io.catwalk.serving.protocol.admission.Admission;
import io.catwalk.serving.protocol.admission.BodyBuffer;
import io.catwalk.serving.protocol.admission.HttpConfig;
import io.catwalk.serving.refusal.RefusedException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Receives bodies and limits concurrent requests, on the event loop: refused requests cost no thread, and a request counts
 * only once its body has arrived.
 */
@Singleton
public class BodyReceiver {
    private static final int AFTER_DRAINING = 9_000;
    /** Time for a refused client to stop sending and read the response, before its connection is closed. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final HttpConfig config;
    private final Admission admission;

    public BodyReceiver(HttpConfig config, Admission admission) {
        this.config = config;
        this.admission = admission;
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, AFTER_DRAINING);
    }

    private void admit(RoutingContext http) {
        if (http.request().method() != HttpMethod.POST) {
            http.next();
            return;
        }
        IncomingRequest request = new IncomingRequest(http, config, admission);
        try {
            if (request.announcesTooMuch()) {
                throw BodyBuffer.tooLarge(config.maxBodyBytes());
            }
            admission.requirePlace();
        } catch (RefusedException e) {
            refuse(http, request, e);
            return;
        }
        request.receive(http::next, why -> refuse(http, request, why));
    }

    private void refuse(RoutingContext http, IncomingRequest request, RefusedException why) {
        admission.refused(why, request.arrivedNanos());
        http.response().setStatusCode(why.refusal().status()).putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        RefusalMapper.headers(why.refusal()).forEach(http.response()::putHeader);
        http.response().end(JsonObject.of("error", why.getMessage()).toBuffer());
        discardRest(http);
    }

    /** Discards the rest of a body, for a while. */
    private static void discardRest(RoutingContext http) {
        HttpServerRequest request = http.request();
        if (request.isEnded()) {
            return;
        }
        long timer = http.vertx().setTimer(LINGER.toMillis(), late -> cut(request));
        request.handler(chunk -> {});
        request.endHandler(end -> http.vertx().cancelTimer(timer));
        request.exceptionHandler(broken -> http.vertx().cancelTimer(timer));
        request.resume();
    }

    private static void cut(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset();
        } else {
            request.connection().close();
        }
    }
}
