package io.catwalk.serving.refusal;

/** A request that gets no prediction, with a message for the client; it has no stack trace. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;

    public RefusedException(Refusal refusal, String message) {
        super(message, null, false, false);
        this.refusal = refusal;
    }

    public static RefusedException badInput(String message) {
        return new RefusedException(Refusal.BAD_INPUT, message);
    }

    public static RefusedException notFound(String message) {
        return new RefusedException(Refusal.NOT_FOUND, message);
    }

    public Refusal refusal() {
        return refusal;
    }
}
