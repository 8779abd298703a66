package io.catwalk.serving.window;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.catwalk.chassis.node.Node;
import io.catwalk.events.Event;
import io.catwalk.events.EventType;
import io.catwalk.rollout.v1.ServingWindow;
import io.catwalk.serving.loading.ServedModels;
import io.catwalk.serving.publishing.EventOutput;
import io.catwalk.supervision.Supervisor;

/** Publishes {@code serving-window} events on its own thread, and the last ones when it is closed. */
final class WindowPublisher implements AutoCloseable {
    private final Windows windows;
    private final EventOutput output;
    private final String source;
    private final Duration interval;
    private final Clock clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /** @param interval between two events of a model */
    WindowPublisher(
            ServedModels models, Tallies tallies, EventOutput output, Node node, Duration interval, Clock clock) {
        this.windows = new Windows(models, tallies, node.writer(), this::publish, clock.instant());
        this.output = output;
        this.source = node.eventSource();
        this.interval = interval;
        this.clock = clock;
        this.thread = Supervisor.ofProcess().unstarted("serving-windows", this::run);
    }

    void start() {
        thread.start();
    }

    /** No request may be answered after it. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() throws InterruptedException {
        while (!closing.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
            windows.cut(clock.instant(), false);
        }
        windows.cut(clock.instant(), true);
    }

    private boolean publish(ServingWindow window) {
        return output.send(new Event<>(
                window.getReplica() + '/' + window.getModel() + '/' + window.getSequence(),
                source,
                EventType.SERVING_WINDOW,
                clock.instant(),
                window));
    }
}
