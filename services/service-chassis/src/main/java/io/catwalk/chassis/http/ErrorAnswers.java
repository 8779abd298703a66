package io.catwalk.chassis.http;

import io.catwalk.chassis.errors.BrokerUnavailableException;
import io.catwalk.chassis.errors.ErrorCategory;
import io.catwalk.objectstore.StoreUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers exceptions by their {@link ErrorCategory}. */
class ErrorAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

    @ServerExceptionMapper
    Response answer(WebApplicationException e) {
        return answer(e.getResponse().getStatus(), String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    Response answer(RuntimeException e) {
        ErrorCategory category = ErrorCategory.of(e);
        return answer(category.status(), ErrorCategory.shown(e, LOG) + advice(e));
    }

    private static String advice(RuntimeException e) {
        return switch (e) {
            case BrokerUnavailableException broker -> "; it may yet take effect: try again under the same id";
            case StoreUnavailableException store -> "; try again";
            default -> "";
        };
    }

    private static Response answer(int status, String error) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new ErrorAnswer(error))
                .build();
    }
}
