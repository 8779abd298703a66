package io.catwalk.chassis.errors;

import java.util.Arrays;
import java.util.UUID;

import io.catwalk.events.BadEventException;
import io.catwalk.journal.EntryTooLargeException;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import org.slf4j.Logger;

/**
 * What kind of error an exception is. It decides how HTTP answers, whether a record is tried again or becomes a dead letter, and
 * whether a job ends.
 */
public enum ErrorCategory {
    /** The input is malformed or breaks a rule: 400, dead letter, ends the job. */
    BAD_INPUT(400),
    /** No such thing: 404, dead letter. */
    NOT_FOUND(404),
    /** Valid by itself, but contradicts what is stored: 409, dead letter. */
    CONFLICT(409),
    /** Valid, but can't be met, now or later: 422, dead letter, ends the job. */
    REFUSED(422),
    /** The store or the broker doesn't answer, or refuses this service: 503, tried again. */
    UNAVAILABLE(503),
    /** A bug of this service: 500 and a dead letter, both with an incident's id; a job may be tried again. */
    DEFECT(500);

    private final int status;

    ErrorCategory(int status) {
        this.status = status;
    }

    /** Any exception that isn't listed here is a {@link #DEFECT}, {@link IllegalArgumentException} too. */
    public static ErrorCategory of(RuntimeException e) {
        return switch (e) {
            case BadEventException event -> BAD_INPUT;
            case BadInputException input -> BAD_INPUT;
            case EntryTooLargeException large -> BAD_INPUT;
            case ConflictingRequestException conflict -> CONFLICT;
            case UnknownEntryException entry -> CONFLICT;
            case UnmeetableRequestException unmeetable -> REFUSED;
            case BrokerUnavailableException broker -> UNAVAILABLE;
            case StoreUnavailableException store -> UNAVAILABLE;
            case StoreRefusedException store -> UNAVAILABLE;
            case WebApplicationException web -> of(web.getResponse().getStatus());
            default -> DEFECT;
        };
    }

    private static ErrorCategory of(int status) {
        return Arrays.stream(values())
                .filter(category -> category.status == status)
                .findFirst()
                .orElse(status < DEFECT.status ? BAD_INPUT : DEFECT);
    }

    /** HTTP's. */
    public int status() {
        return status;
    }

    /** Whether a job whose request meets it ends as refused; otherwise it is tried again. */
    public boolean endsJob() {
        return this == BAD_INPUT || this == REFUSED;
    }

    /**
     * What a user is shown of an error. A defect's own message stays in the log, under the incident's id.
     *
     * @param log of the class that caught it
     */
    public static String shown(RuntimeException e, Logger log) {
        if (of(e) != DEFECT) {
            return String.valueOf(e.getMessage());
        }
        String incident = UUID.randomUUID().toString();
        log.error("incident {}", incident, e);
        return "internal error; the service's log has it under " + incident;
    }
}
