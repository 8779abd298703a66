package io.catwalk.console.service;

import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * What a service answered, as one part of a page shows it.
 *
 * @param service that was asked
 * @param status HTTP's; 0 without an answer
 * @param body the answer, or a missing node
 * @param error why there is no body, in the service's words where it has some
 * @param next what the next page of a list comes after
 * @param asOf when the answer came
 */
public record Part(
        Service service, int status, JsonNode body, Optional<String> error, Optional<String> next, Instant asOf) {
    private static final int UNAUTHENTICATED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int FIRST_OF_SERVER = 500;

    /** No answer came. */
    static Part away(Service service, String why, Instant now) {
        return new Part(service, 0, MissingNode.getInstance(), Optional.of(why), Optional.empty(), now);
    }

    static Part refused(Service service, int status, String error, Instant now) {
        return new Part(service, status, MissingNode.getInstance(), Optional.of(error), Optional.empty(), now);
    }

    public boolean isKnown() {
        return error.isEmpty();
    }

    /** Whether the service, or what it needs, is away. */
    public boolean isAway() {
        return status == 0 || status >= FIRST_OF_SERVER;
    }

    /** Whether the caller may not see it. */
    public boolean isRefused() {
        return status == UNAUTHENTICATED || status == FORBIDDEN;
    }

    /** Whether there is no such thing. */
    public boolean isMissing() {
        return status == NOT_FOUND;
    }

    public boolean isEmpty() {
        return isKnown() && body.isEmpty();
    }
}
