package io.catwalk.serving.loading;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.catwalk.supervision.Supervisor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the reconciler on its own thread: after each promotion, and every second for retries. */
public final class LoadLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoadLoop.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final ModelReconciler reconciler;
    private final IdleModels idle;
    private final NativeMemory memory;
    private final BooleanSupplier tablesRead;
    private final Semaphore changes = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closing;

    /** @param tablesRead whether the registry is complete; nothing is loaded before, as each old promotion would be */
    public LoadLoop(ModelReconciler reconciler, IdleModels idle, NativeMemory memory, BooleanSupplier tablesRead) {
        this.reconciler = reconciler;
        this.idle = idle;
        this.memory = memory;
        this.tablesRead = tablesRead;
        this.thread = Supervisor.ofProcess().unstarted("model-loader", this::run);
    }

    public void start() {
        thread.start();
    }

    /** Triggers a pass now. */
    public void wake() {
        changes.release();
    }

    /** Waits for the running pass, then releases all models. */
    @Override
    public void close() {
        closing = true;
        wake();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reconciler.retireAll();
    }

    private void run() throws InterruptedException {
        while (!closing) {
            if (changes.tryAcquire(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                changes.drainPermits();
            }
            pass();
        }
    }

    private void pass() {
        try {
            if (!closing && tablesRead.getAsBoolean()) {
                reconciler.reconcile();
                idle.unload();
                memory.trim();
            }
        } catch (Exception e) {
            LOG.error("a pass over the models failed; the next one follows", e);
        }
    }
}
