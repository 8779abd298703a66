package io.catwalk.serving.protocol.http;

import java.util.Map;

import io.catwalk.chassis.access.AccessMetrics;
import io.catwalk.chassis.access.RefusedCallerException;
import io.catwalk.chassis.http.ErrorAnswer;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The response to a refusal, the same in all protocols: {@code {"error": message}}. */
public final class RefusalMapper {
    private static final String RETRY_AFTER_SECONDS = "1";

    private final AccessMetrics metrics;

    RefusalMapper(AccessMetrics metrics) {
        this.metrics = metrics;
    }

    @ServerExceptionMapper
    public Response refused(RefusedException refused) {
        if (refused.refusal() == Refusal.FORBIDDEN) {
            metrics.refused(RefusedCallerException.Reason.FORBIDDEN);
        }
        ResponseBuilder response = Response.status(refused.refusal().status())
                .entity(new ErrorAnswer(refused.getMessage()))
                .type(MediaType.APPLICATION_JSON);
        headers(refused.refusal()).forEach(response::header);
        return response.build();
    }

    /** The headers that tell a client what to do about a refusal. */
    static Map<String, String> headers(Refusal refusal) {
        return switch (refusal) {
            case OVERLOADED, UNAVAILABLE -> Map.of(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            case TOO_LARGE, SLOW_BODY -> Map.of("Connection", "close");
            case BAD_INPUT, FORBIDDEN, NOT_FOUND, UNSUPPORTED_MEDIA, CANCELLED, DEFECT, DEADLINE -> Map.of();
        };
    }
}
