package io.catwalk.serving.refusal;

/** Why a request gets no prediction; metrics show it as the outcome. */
public enum Refusal {
    /** The request is invalid. */
    BAD_INPUT(400),
    /** The caller may not do that, or not with that model. */
    FORBIDDEN(403),
    /** No such model, version or label is loaded. */
    NOT_FOUND(404),
    /** The body arrived too slowly. */
    SLOW_BODY(408),
    /** The body is over the limit. */
    TOO_LARGE(413),
    /** The body's media type or content coding isn't supported. */
    UNSUPPORTED_MEDIA(415),
    /** The queue is full; a retry may succeed. */
    OVERLOADED(429),
    /** The client closed the connection. */
    CANCELLED(499),
    /** An internal error; the log has the details. */
    DEFECT(500),
    /** The model isn't served at the moment. */
    UNAVAILABLE(503),
    /** The deadline has passed. */
    DEADLINE(504);

    private final int status;

    Refusal(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }
}
