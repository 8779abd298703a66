package io.catwalk.local;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import io.catwalk.local.process.ChildFailedException;

/** How a running stack does. */
public interface StackView {
    /**
     * The error to report when a child has ended by itself.
     *
     * @throws CancellationException when the stack is stopping
     */
    Optional<ChildFailedException> failure();

    /**
     * The last lines of a child's log, oldest first.
     *
     * @param child as {@code training} or {@code broker}
     */
    List<String> logTail(String child);
}
