package io.catwalk.serving.protocol.http;

import io.catwalk.access.Caller;
import io.catwalk.chassis.access.CurrentCaller;
import io.catwalk.serving.access.ModelAccess;
import io.catwalk.serving.refusal.RefusedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Holds each route with a model in its path to the models of its caller, before a body is received. */
public final class ModelFilter {
    private static final String MODEL = "model";

    /**
     * POST predicts, all else reads.
     *
     * @throws RefusedException with {@code FORBIDDEN}
     */
    @ServerRequestFilter(nonBlocking = true)
    public void requireModel(UriInfo uri, RoutingContext http) {
        String model = uri.getPathParameters().getFirst(MODEL);
        if (model == null) {
            return;
        }
        Caller caller = CurrentCaller.of(http);
        if (http.request().method() == HttpMethod.POST) {
            ModelAccess.requireCall(caller, model);
        } else {
            ModelAccess.requireSight(caller, model);
        }
    }
}
