package io.catwalk.serving.protocol.exchange;

import java.time.Duration;
import java.util.concurrent.Executor;

/** The event loop that has received a request. What it runs must not wait. */
public interface EventLoop extends Executor {
    /** Runs a task once all that has arrived by now was read. From any thread. */
    @Override
    void execute(Runnable task);

    /**
     * Runs a task after some time, never earlier. On the event loop itself.
     *
     * @return takes the task back
     */
    Runnable schedule(Duration delay, Runnable task);
}
