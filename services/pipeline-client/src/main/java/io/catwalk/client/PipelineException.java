package io.catwalk.client;

/** A request that the pipeline didn't meet, or a record that no event can be read from; the message is all that its user needs. */
public final class PipelineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean temporary;

    PipelineException(String message, boolean temporary) {
        super(message);
        this.temporary = temporary;
    }

    /** Whether the same request may succeed later: nobody answered, or the service is busy or doesn't know the job or model yet. */
    public boolean isTemporary() {
        return temporary;
    }
}
