package io.catwalk.benchmark.serving;

import java.io.IOException;

/** One kept connection that sends the same request again and again. */
interface Connection extends AutoCloseable {
    /** Sends the request and reads the answer. Returns whether it is a success. */
    boolean call() throws IOException;

    @Override
    void close() throws IOException;
}
