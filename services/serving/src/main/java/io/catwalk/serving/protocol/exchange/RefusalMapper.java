package io.catwalk.serving.protocol.exchange;

import io.catwalk.chassis.http.ErrorAnswer;
import io.catwalk.serving.refusal.RefusedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** A refusal as all protocols here answer one: {@code {"error": message}}. */
public final class RefusalMapper {
    static final String RETRY_AFTER_SECONDS = "1";

    @ServerExceptionMapper
    public Response refused(RefusedException refused) {
        ResponseBuilder response = Response.status(refused.refusal().status())
                .entity(new ErrorAnswer(refused.getMessage()))
                .type(MediaType.APPLICATION_JSON);
        return switch (refused.refusal()) {
            case OVERLOADED, UNAVAILABLE ->
                response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS).build();
            case TOO_LARGE, SLOW_BODY -> response.header("Connection", "close").build();
            case BAD_INPUT, NOT_FOUND, UNSUPPORTED_MEDIA, CANCELLED, DEFECT, DEADLINE -> response.build();
        };
    }
}
