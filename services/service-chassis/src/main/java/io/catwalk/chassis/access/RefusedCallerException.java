package io.catwalk.chassis.access;

import java.time.Duration;

/** A call is refused for who makes it. Its message holds no key; it has no stack trace. */
public final class RefusedCallerException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final long NANOS = Duration.ofSeconds(1).toNanos();

    private final Reason reason;
    private final Duration retryAfter;

    private RefusedCallerException(Reason reason, String message, Duration retryAfter) {
        super(message, null, false, false);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    static RefusedCallerException unauthenticated(String message) {
        return new RefusedCallerException(Reason.UNAUTHENTICATED, message, Duration.ZERO);
    }

    static RefusedCallerException unavailable(String message) {
        return new RefusedCallerException(Reason.UNAVAILABLE, message, Duration.ofSeconds(1));
    }

    static RefusedCallerException limited(String subject, Duration wait) {
        return new RefusedCallerException(Reason.LIMITED, subject + " has used up its requests per second", wait);
    }

    public Reason reason() {
        return reason;
    }

    /** Time until it makes sense to try again; zero if it never does. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** The same in whole seconds, from above. */
    public long retryAfterSeconds() {
        return Math.ceilDiv(retryAfter.toNanos(), NANOS);
    }

    /** Why a call is refused. */
    public enum Reason {
        /** It shows no key or token, or one that isn't accepted. */
        UNAUTHENTICATED(401),
        /** Its caller lacks a role, or may not call the model. */
        FORBIDDEN(403),
        /** Its key's requests per second are used up. */
        LIMITED(429),
        /** The identity provider doesn't answer. */
        UNAVAILABLE(503);

        private final int status;

        Reason(int status) {
            this.status = status;
        }

        /** HTTP's. */
        public int status() {
            return status;
        }
    }
}
