package io.catwalk.serving.protocol.exchange;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

import io.catwalk.serving.queue.InferenceMetrics;
import io.catwalk.serving.refusal.Refusal;
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
public class Admission {
    private static final int AFTER_DRAINING = 9_000;
    private static final String ANY_PROTOCOL = "-";
    /** Time for a refused client to stop sending and read the response, before its connection is closed. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final HttpConfig config;
    private final Semaphore places;
    private final BodyBudget budget;
    private final InferenceMetrics metrics;

    public Admission(HttpConfig config, InferenceMetrics metrics) {
        this.config = config;
        this.places = new Semaphore(config.maxConcurrentRequests());
        this.budget =
                new BodyBudget(maxBytesInFlight(config, Runtime.getRuntime().maxMemory()));
        this.metrics = metrics;
        metrics.bodyBytes(budget::held);
    }

    /**
     * The memory for bodies: as configured, or an eighth of the heap, as what is made of a body may be four times as large.
     *
     * @throws IllegalArgumentException when a body of the greatest size can't be inflated in it
     */
    static long maxBytesInFlight(HttpConfig config, long heapBytes) {
        long least = 3L * config.maxBodyBytes();
        long total = config.maxBytesInFlight().orElse(Math.max(heapBytes / 8, least));
        if (total < least) {
            throw new IllegalArgumentException("catwalk.http.max-bytes-in-flight is " + total
                    + ", but must be at least three times catwalk.http.max-body-bytes, " + least);
        }
        return total;
    }

    static RefusedException tooMany() {
        return new RefusedException(Refusal.OVERLOADED, "too many requests are being worked on");
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, AFTER_DRAINING);
    }

    private void admit(RoutingContext http) {
        if (http.request().method() != HttpMethod.POST) {
            http.next();
            return;
        }
        IncomingRequest request = new IncomingRequest(http, config, budget, places);
        if (request.announcesTooMuch()) {
            refuse(http, request, BodyBuffer.tooLarge(config.maxBodyBytes()));
        } else if (places.availablePermits() == 0) {
            refuse(http, request, tooMany());
        } else {
            request.receive(http::next, why -> refuse(http, request, why));
        }
    }

    private void refuse(RoutingContext http, IncomingRequest request, RefusedException why) {
        metrics.request(
                Optional.empty(),
                ANY_PROTOCOL,
                Optional.of(why.refusal()),
                Duration.ofNanos(System.nanoTime() - request.arrivedNanos()));
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
