package io.catwalk.chassis.http;

import java.util.UUID;

import io.catwalk.chassis.errors.BrokerUnavailableException;
import io.catwalk.chassis.errors.ConflictingRequestException;
import io.catwalk.chassis.errors.UnmeetableRequestException;
import io.catwalk.events.BadEventException;
import io.catwalk.journal.EntryTooLargeException;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns exceptions into answers; what is a defect here stays in the log, under an id that the answer names. */
class ErrorAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

    @ServerExceptionMapper
    Response known(WebApplicationException e) {
        return answer(e.getResponse().getStatus(), String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    Response badInput(BadEventException e) {
        return answer(400, String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    Response badInput(EntryTooLargeException e) {
        return answer(400, String.valueOf(e.getMessage()));
    }

    /** Well-formed, unlike what a 400 answers, and in no conflict that a later try could find settled. */
    @ServerExceptionMapper
    Response unmeetable(UnmeetableRequestException e) {
        return answer(422, String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    Response conflict(ConflictingRequestException e) {
        return answer(409, String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    Response unavailable(StoreUnavailableException e) {
        LOG.warn("answered 503: {}", e.getMessage());
        return answer(503, "the store is unavailable; try again");
    }

    @ServerExceptionMapper
    Response unavailable(BrokerUnavailableException e) {
        LOG.warn("answered 503", e);
        return answer(503, e.getMessage() + "; it may yet take effect: try again under the same id");
    }

    @ServerExceptionMapper
    Response refused(StoreRefusedException e) {
        LOG.error("answered 503", e);
        return answer(503, "the store refuses this service; see its log");
    }

    @ServerExceptionMapper
    Response defect(RuntimeException e) {
        String incident = UUID.randomUUID().toString();
        LOG.error("incident {}", incident, e);
        return answer(500, "internal error; the log has it under " + incident);
    }

    private static Response answer(int status, String error) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new ErrorAnswer(error))
                .build();
    }
}
