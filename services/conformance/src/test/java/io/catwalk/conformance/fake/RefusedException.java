package io.catwalk.conformance.fake;

/** The fake server refuses a request. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }

    static void require(boolean condition, String message) {
        if (!condition) {
            throw new RefusedException(400, message);
        }
    }
}
