package io.catwalk.serving.load;

/** Sends the same request again and again. Thread-safe. */
interface Caller extends AutoCloseable {
    /** Sends it once, and waits for the reply. */
    Reply call();

    @Override
    void close();

    /** What became of a request. */
    enum Reply {
        ANSWERED,
        /** At once, with the time after which to try again. */
        REFUSED,
        /** By the server's own deadline. */
        EXPIRED,
        /** Anything else. */
        FAILED
    }
}
