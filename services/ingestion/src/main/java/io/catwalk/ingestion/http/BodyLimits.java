package io.catwalk.ingestion.http;

import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * The service as a whole takes bodies of any length, as archives may have it; each route but that of uploads takes no longer ones than
 * the other services do.
 */
class BodyLimits {
    private static final long MOST = 1 << 20;

    @ServerRequestFilter(preMatching = true)
    void limit(RoutingContext http) {
        if (http.normalizedPath().equals(UploadsResource.PATH)) {
            return;
        }
        String length = http.request().getHeader("Content-Length");
        if (length != null && Long.parseLong(length) > MOST) {
            throw new ClientErrorException(
                    "the body has " + length + " bytes, must have at most " + MOST,
                    Response.Status.REQUEST_ENTITY_TOO_LARGE);
        }
        http.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, MOST);
    }
}
