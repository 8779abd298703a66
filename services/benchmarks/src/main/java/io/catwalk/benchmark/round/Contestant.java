package io.catwalk.benchmark.round;

/** One that does the same work again and again, for one thread. */
public interface Contestant extends AutoCloseable {
    /** As a table's row names it. */
    String name();

    /** Works for a second or so, and returns how much it did in one second, in its own unit. */
    double round();

    @Override
    void close();
}
