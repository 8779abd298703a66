package io.catwalk.local.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Children that live and die together: started in waves, stopped in the reverse order of the waves. Another thread, such as
 * a shutdown hook, may close the group at any time; what is being started then is stopped too.
 */
public final class ChildGroup implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final List<List<ChildProcess>> waves = new ArrayList<>();
    private boolean closed;

    /**
     * Starts children side by side and waits until all are ready.
     *
     * @throws ChildFailedException when one of these, or one of an earlier wave, ends or isn't ready in time
     * @throws CancellationException when the group is closed during the call
     */
    public void startWave(List<ChildSpec> specs) {
        List<ChildProcess> waiting = new ArrayList<>(start(specs));
        while (!waiting.isEmpty()) {
            failure().ifPresent(failure -> {
                throw failure;
            });
            waiting.removeIf(this::checkReady);
            Pause.of(POLL);
        }
    }

    private boolean checkReady(ChildProcess child) {
        try {
            return child.checkReady();
        } catch (ChildFailedException e) {
            refuseClosed();
            throw e;
        }
    }

    private synchronized List<ChildProcess> start(List<ChildSpec> specs) {
        refuseClosed();
        List<ChildProcess> wave = new ArrayList<>();
        waves.add(wave);
        specs.forEach(spec -> wave.add(ChildProcess.start(spec)));
        return wave;
    }

    /**
     * The first child found ended.
     *
     * @throws CancellationException when the group is closed, which ends the children normally
     */
    public synchronized Optional<ChildFailedException> failure() {
        refuseClosed();
        return waves.stream()
                .flatMap(List::stream)
                .flatMap(child -> child.failure().stream())
                .findFirst();
    }

    /** Waits until a child ends, and returns the error to report. */
    public ChildFailedException awaitFailure() {
        while (true) {
            Optional<ChildFailedException> failure = failure();
            if (failure.isPresent()) {
                return failure.get();
            }
            Pause.of(POLL);
        }
    }

    /** @throws IllegalArgumentException when no child has the name */
    public synchronized long pid(String name) {
        return find(name).pid();
    }

    /**
     * Ends one child as a crash would, by SIGKILL.
     *
     * @throws IllegalArgumentException when no child has the name
     */
    public synchronized void kill(String name) {
        find(name).kill();
    }

    /**
     * Restarts a child of the group without waiting for it; kills it first if it still runs.
     *
     * @throws IllegalArgumentException when no child has the spec's name
     * @throws CancellationException when the group is closed
     */
    public synchronized void restart(ChildSpec spec) {
        refuseClosed();
        ChildProcess old = find(spec.name());
        old.kill();
        ChildProcess started = ChildProcess.start(spec);
        waves.forEach(wave -> wave.replaceAll(child -> child == old ? started : child));
    }

    /**
     * Waits until a child does its work.
     *
     * @throws IllegalArgumentException when no child has the name
     * @throws ChildFailedException when it has ended or isn't ready in time
     */
    public void awaitReady(String name) {
        find(name).awaitReady();
    }

    private synchronized ChildProcess find(String name) {
        return waves.stream()
                .flatMap(List::stream)
                .filter(child -> child.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no child is named " + name));
    }

    private synchronized void refuseClosed() {
        if (closed) {
            throw new CancellationException("the stack is stopping");
        }
    }

    /** Stops all children, each wave within the grace; none is left on return. */
    @Override
    public synchronized void close() {
        closed = true;
        for (List<ChildProcess> wave : waves.reversed()) {
            stop(wave);
        }
        waves.clear();
    }

    private static void stop(List<ChildProcess> wave) {
        wave.forEach(ChildProcess::terminate);
        long deadline = System.nanoTime() + ChildProcess.GRACE.toNanos();
        wave.forEach(child -> child.awaitEnd(Duration.ofNanos(deadline - System.nanoTime())));
    }
}
