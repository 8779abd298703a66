package io.catwalk.chassis.errors;

import java.util.Arrays;
import java.util.UUID;

import io.catwalk.events.BadEventException;
import io.catwalk.journal.EntryTooLargeException;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.objectstore.CorruptBlobException;
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
    /** The store or the broker doesn't answer, or refuses this service, or this process lacks memory: 503, tried again. */
    UNAVAILABLE(503),
    /** A bug of this service: 500 and a dead letter, both with an incident's id; a job may be tried again. */
    DEFECT(500);

    private final int status;

    ErrorCategory(int status) {
        this.status = status;
    }

    /** Any exception that isn't listed here is a {@link #DEFECT}, {@link IllegalArgumentException} too. */
    public static ErrorCategory of(Throwable e) {
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
            case InsufficientMemoryException memory -> UNAVAILABLE;
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
     * What a user is shown of an error. The store's own messages name its address, and a defect's may name anything: both stay in the
     * log, with their stack traces, a defect's under an incident's id. Which blob is damaged is for users to know.
     *
     * @param log of the class that caught it
     */
    public static String shown(Throwable e, Logger log) {
        if (e instanceof CorruptBlobException) {
            log.error("what the store holds is damaged", e);
            return String.valueOf(e.getMessage());
        }
        return switch (of(e)) {
            case BAD_INPUT, NOT_FOUND, CONFLICT, REFUSED -> String.valueOf(e.getMessage());
            case UNAVAILABLE -> {
                String unavailable = unavailable(e);
                log.warn(unavailable, e);
                yield unavailable;
            }
            case DEFECT -> {
                String incident = UUID.randomUUID().toString();
                log.error("incident {}", incident, e);
                yield "internal error; the service's log has it under " + incident;
            }
        };
    }

    private static String unavailable(Throwable e) {
        return switch (e) {
            case StoreUnavailableException store -> "the store is unavailable";
            case StoreRefusedException store -> "the store refuses this service; see its log";
            default -> String.valueOf(e.getMessage());
        };
    }
}
