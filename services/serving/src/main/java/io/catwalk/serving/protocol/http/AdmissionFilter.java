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
 * Refuses requests of known callers whose bodies needn't be received, before they are routed, and discards what of a body nobody has read when its
 * request is answered.
 */
@Singleton
public class AdmissionFilter {
    private static final int AFTER_DRAINING = 9_000;
    /** Quarkus authenticates at 200 and authorizes at 100. */
    private static final int AFTER_AUTHORIZATION = 90;
    /** Time for a refused client to stop sending and read the response, before its connection is closed. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final HttpConfig config;
    private final Admission admission;

    public AdmissionFilter(HttpConfig config, Admission admission) {
        this.config = config;
        this.admission = admission;
    }

    void register(@Observes Filters filters) {
        filters.register(AdmissionFilter::discardAnswered, AFTER_DRAINING);
        filters.register(this::admit, AFTER_AUTHORIZATION);
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
        http.next();
    }

    private static void discardAnswered(RoutingContext http) {
        if (http.request().method() == HttpMethod.POST) {
            http.addEndHandler(answered -> discardRest(http));
        }
        http.next();
    }

    private void refuse(RoutingContext http, IncomingRequest request, RefusedException why) {
        admission.refused(why, request.arrivedNanos());
        http.response().setStatusCode(why.refusal().status()).putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        RefusalMapper.headers(why.refusal()).forEach(http.response()::putHeader);
        http.response().end(JsonObject.of("error", why.getMessage()).toBuffer());
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
