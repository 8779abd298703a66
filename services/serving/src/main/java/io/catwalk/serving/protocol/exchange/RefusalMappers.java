package io.catwalk.serving.protocol.exchange;

import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error of every protocol: {@code {"error": message}}, and for what is broken in here no more than that. */
public final class RefusalMappers {
    private static final Logger LOG = Logger.getLogger(RefusalMappers.class);
    private static final String RETRY_AFTER_SECONDS = "1";

    @ServerExceptionMapper
    public Response refused(RefusedException refused) {
        ResponseBuilder response = error(refused.refusal().status(), refused.getMessage());
        return switch (refused.refusal()) {
            case OVERLOADED, UNAVAILABLE ->
                response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS).build();
            case TOO_LARGE, SLOW_BODY -> response.header("Connection", "close").build();
            case BAD_INPUT, NOT_FOUND, UNSUPPORTED_MEDIA, CANCELLED, DEFECT, DEADLINE -> response.build();
        };
    }

    @ServerExceptionMapper
    public Response http(WebApplicationException e) {
        Response.StatusType status = e.getResponse().getStatusInfo();
        return error(status.getStatusCode(), status.getReasonPhrase()).build();
    }

    @ServerExceptionMapper
    public Response defect(RuntimeException e) {
        LOG.error("a request failed", e);
        return error(Refusal.DEFECT.status(), "internal error").build();
    }

    private static ResponseBuilder error(int status, String message) {
        byte[] content = JsonOutput.write(json -> {
            json.writeStartObject();
            json.writeStringField("error", message);
            json.writeEndObject();
        });
        return Response.status(status).entity(content).type(MediaType.APPLICATION_JSON);
    }
}
