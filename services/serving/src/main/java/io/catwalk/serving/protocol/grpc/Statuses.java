package io.catwalk.serving.protocol.grpc;

import io.catwalk.chassis.access.RefusedCallerException;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;
import io.grpc.Metadata;
import io.grpc.Status;

/** The statuses of refusals. Source: gRPC, doc/statuscodes.md; of the pushback: gRFC A6. */
final class Statuses {
    private static final Metadata.Key<String> PUSHBACK =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);
    private static final String RETRY_MILLIS = "1000";

    private Statuses() {}

    static Status of(RefusedException refused) {
        return code(refused.refusal()).toStatus().withDescription(refused.getMessage());
    }

    /** What tells a client when to try again. */
    static Metadata trailers(RefusedException refused) {
        Metadata trailers = new Metadata();
        if (refused.refusal() == Refusal.OVERLOADED || refused.refusal() == Refusal.UNAVAILABLE) {
            trailers.put(PUSHBACK, RETRY_MILLIS);
        }
        return trailers;
    }

    static Status of(RefusedCallerException refused) {
        Status.Code code = switch (refused.reason()) {
            case UNAUTHENTICATED -> Status.Code.UNAUTHENTICATED;
            case FORBIDDEN -> Status.Code.PERMISSION_DENIED;
            case LIMITED -> Status.Code.RESOURCE_EXHAUSTED;
            case UNAVAILABLE -> Status.Code.UNAVAILABLE;
        };
        return code.toStatus().withDescription(refused.getMessage());
    }

    static Metadata trailers(RefusedCallerException refused) {
        Metadata trailers = new Metadata();
        if (!refused.retryAfter().isZero()) {
            trailers.put(PUSHBACK, Long.toString(refused.retryAfter().toMillis() + 1));
        }
        return trailers;
    }

    private static Status.Code code(Refusal refusal) {
        return switch (refusal) {
            case BAD_INPUT, UNSUPPORTED_MEDIA, TOO_LARGE -> Status.Code.INVALID_ARGUMENT;
            case FORBIDDEN -> Status.Code.PERMISSION_DENIED;
            case NOT_FOUND -> Status.Code.NOT_FOUND;
            case OVERLOADED -> Status.Code.RESOURCE_EXHAUSTED;
            case CANCELLED -> Status.Code.CANCELLED;
            case DEFECT -> Status.Code.INTERNAL;
            case UNAVAILABLE -> Status.Code.UNAVAILABLE;
            case SLOW_BODY, DEADLINE -> Status.Code.DEADLINE_EXCEEDED;
        };
    }
}
