package io.catwalk.history.rule;

/**
 * One condition of a consistent history.
 *
 * @param <S> what it reads
 */
public interface Rule<S> {
    /** As {@code journal-contiguous}. */
    String name();

    /** Tells what isn't so. A part that can't be read is left to the rules that say so. */
    void check(S snapshot, Finder finder);
}
