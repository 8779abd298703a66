package io.catwalk.benchmark.round;

/** A measured implementation of a repeated task. Not thread-safe. */
public interface Contestant extends AutoCloseable {
    /** The name of its row. */
    String name();

    /** Works for about a second and returns its rate per second, in its own unit. */
    double round();

    @Override
    void close();
}
