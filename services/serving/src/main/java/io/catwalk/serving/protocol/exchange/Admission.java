package io.catwalk.serving.protocol.exchange;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

import io.catwalk.serving.queue.InferenceMetrics;
import io.catwalk.serving.refusal.Refusal;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Bounds the prediction requests that are worked on at the same time. One more is refused on the event loop, before a thread
 * or its body is taken up: so refusing costs little, and what was admitted keeps the cores.
 */
@Singleton
public class Admission {
    private static final int AFTER_DRAINING = 9_000;
    private static final Pattern PREDICTIONS = Pattern.compile("/v[12]/models/.*");
    private static final String ANY_PROTOCOL = "-";
    private static final String REFUSED = "{\"error\":\"too many requests are being worked on\"}";

    private final Semaphore places;
    private final InferenceMetrics metrics;

    public Admission(HttpConfig config, InferenceMetrics metrics) {
        this.places = new Semaphore(config.maxConcurrentRequests());
        this.metrics = metrics;
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, AFTER_DRAINING);
    }

    private void admit(RoutingContext http) {
        if (!isPrediction(http)) {
            http.next();
        } else if (places.tryAcquire()) {
            http.addEndHandler(ended -> places.release());
            http.next();
        } else {
            refuse(http);
        }
    }

    private static boolean isPrediction(RoutingContext http) {
        return http.request().method() == HttpMethod.POST
                && PREDICTIONS.matcher(http.request().path()).matches();
    }

    private void refuse(RoutingContext http) {
        metrics.request(Optional.empty(), ANY_PROTOCOL, Optional.of(Refusal.OVERLOADED), Duration.ZERO);
        http.response()
                .setStatusCode(Refusal.OVERLOADED.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.RETRY_AFTER, RefusalMapper.RETRY_AFTER_SECONDS)
                .end(REFUSED);
        http.request().resume();
    }
}
