package io.catwalk.serving.refusal;

/** Why a request gets no prediction; metrics show it as the outcome. */
public enum Refusal {
    /** The request is wrong and stays so. */
    BAD_INPUT(400),
    /** No such model, version or label is loaded. */
    NOT_FOUND(404),
    /** The body came too slowly. */
    SLOW_BODY(408),
    /** The body is over the limit. */
    TOO_LARGE(413),
    /** The body is of a kind or coding that isn't read. */
    UNSUPPORTED_MEDIA(415),
    /** The queue is full; a later try may succeed. */
    OVERLOADED(429),
    /** The client went away before its answer. */
    CANCELLED(499),
    /** Something in here is broken; the log says what. */
    DEFECT(500),
    /** The model isn't served at the moment. */
    UNAVAILABLE(503),
    /** The answer wasn't there in time. */
    DEADLINE(504);

    private final int status;

    Refusal(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }
}
