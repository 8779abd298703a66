package io.catwalk.chassis.http;

import java.util.Set;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import io.quarkus.micrometer.runtime.binder.vertx.HttpRequestMetric;
import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Keeps the labels of {@code http_server_requests} few, whatever is called: {@code uri} is a route's template or, for all that
 * no route's method takes, {@link #UNKNOWN}; {@code method} is one of HTTP's own or {@link #OTHER}. By itself Quarkus labels a
 * request of the wrong method, or an unreadable one, with its path, until no route gets a series any more. The values are set
 * before a meter is looked up: a meter registry keeps each set of labels that it was ever asked for.
 */
@Singleton
public class HttpLabels implements HttpServerMetricsTagsContributor {
    static final String UNKNOWN = "/UNKNOWN";
    static final String OTHER = "OTHER";

    private static final int BEFORE_ALL_FILTERS = 100_000;
    private static final String REQUESTS = "http.server.requests";
    private static final String METHOD = "method";
    /** Where Quarkus REST puts the template of the method that handles a request. */
    private static final String TEMPLATE = "UrlPathTemplate";
    /** Quarkus' own routes, which aren't measured. */
    private static final String OWN_ROUTES = "/q/";

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    /** The labels of a response in place of Quarkus' own. */
    @Override
    public Tags contribute(Context context) {
        HttpServerRequestInternal request = (HttpServerRequestInternal) context.request();
        Tags uri = request.context().getLocal(TEMPLATE) == null ? Tags.of("uri", UNKNOWN) : Tags.empty();
        return METHODS.contains(request.method().name()) ? uri : uri.and(METHOD, OTHER);
    }

    void register(@Observes Filters filters) {
        filters.register(HttpLabels::label, BEFORE_ALL_FILTERS);
    }

    void register(@Observes ManagementInterface management) {
        management.router().route().order(-BEFORE_ALL_FILTERS).handler(HttpLabels::label);
    }

    /** Requests that are reset before their response don't come to {@link #contribute}. */
    @Produces
    @Singleton
    MeterFilter knownMethods() {
        return new MeterFilter() {
            @Override
            public MeterFilterReply accept(Meter.Id id) {
                return id.getName().equals(REQUESTS) && !isKnown(String.valueOf(id.getTag(METHOD)))
                        ? MeterFilterReply.DENY
                        : MeterFilterReply.NEUTRAL;
            }
        };
    }

    private static boolean isKnown(String method) {
        return METHODS.contains(method) || method.equals(OTHER);
    }

    private static void label(RoutingContext http) {
        HttpRequestMetric metric = HttpRequestMetric.getRequestMetric(http);
        if (metric != null && !String.valueOf(http.request().path()).startsWith(OWN_ROUTES)) {
            metric.setTemplatePath(UNKNOWN);
        }
        http.next();
    }
}
