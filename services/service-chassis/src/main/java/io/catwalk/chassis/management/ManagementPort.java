package io.catwalk.chassis.management;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What Quarkus leaves open at the port of probes and metrics. */
@Singleton
public class ManagementPort {
    private static final int BEFORE_ALL_HANDLERS = Integer.MIN_VALUE;

    /**
     * Two servers of one Vert.x share a port without an error, and each gets some of the connections.
     *
     * @throws IllegalArgumentException when the API has the same port
     */
    void requireOwn(
            @Observes StartupEvent event,
            @ConfigProperty(name = "quarkus.management.port") int management,
            @ConfigProperty(name = "quarkus.http.port") int http) {
        requireOwn(management, http);
    }

    static void requireOwn(int management, int http) {
        // 0 is another free port for each.
        if (management == http && management != 0) {
            throw new IllegalArgumentException(
                    "quarkus.management.port is %d, must be another than quarkus.http.port".formatted(management));
        }
    }

    void refuseWebPages(@Observes ManagementInterface management) {
        management.router().route().order(BEFORE_ALL_HANDLERS).handler(ManagementPort::refuseWebPage);
    }

    /** Quarkus would let a web page of any origin read the answer, through the browser of who can reach the port. */
    private static void refuseWebPage(RoutingContext http) {
        if (http.request().headers().contains(HttpHeaderNames.ORIGIN)) {
            http.response().setStatusCode(HttpResponseStatus.FORBIDDEN.code()).end();
        } else {
            http.next();
        }
    }
}
