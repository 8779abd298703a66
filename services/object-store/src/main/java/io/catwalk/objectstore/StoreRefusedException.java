package io.catwalk.objectstore;

/** The store refused the call and would refuse it again, as for its credentials or a clock too far off. */
public final class StoreRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreRefusedException(String message) {
        super(message);
    }

    public StoreRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
