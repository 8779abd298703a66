package io.catwalk.serving.loading;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import io.catwalk.serving.engine.Engine;
import io.catwalk.serving.queue.BatchOutcome;
import io.catwalk.serving.queue.BatchQueue;
import io.catwalk.serving.queue.Served;
import io.catwalk.serving.registry.ModelVersion;

/**
 * A loaded version with its queue. It counts its references: callers hold one between {@link #acquire} and
 * {@link #release}, each queued request holds one, and the loader holds one until {@link #retire}. The engine is closed
 * with the last reference, so never during a batch.
 */
public final class LoadedModel {
    private final Served served;
    private final OnDemandEngine engine;
    private final BatchQueue queue;
    private final AtomicInteger users = new AtomicInteger(1);

    LoadedModel(Served served, OnDemandEngine engine, BatchQueue queue) {
        this.served = served;
        this.engine = engine;
        this.queue = queue;
    }

    public ModelVersion version() {
        return served.version();
    }

    /** For metrics, which are recorded under it. */
    public Served served() {
        return served;
    }

    /** For its name and signature; only the queue, and copies of requests, run it. */
    public Engine engine() {
        return engine;
    }

    public BatchQueue queue() {
        return queue;
    }

    /** Whether its engine is in memory, and classifies one image in a moment. */
    public boolean isQuick() {
        return engine.isLoaded() && queue.isQuick();
    }

    /** Whether its engine is in memory. */
    public boolean isLoaded() {
        return engine.isLoaded();
    }

    /** As {@link OnDemandEngine#unloadIfIdle}. */
    void unloadIfIdle(Duration idle) {
        engine.unloadIfIdle(idle);
    }

    /**
     * Puts images into the queue; as {@link BatchQueue#submit}. The caller has acquired the model. An unloaded engine is loaded
     * first.
     */
    public CompletableFuture<BatchOutcome> submit(float[] images, int count, boolean here, BooleanSupplier abandoned) {
        users.incrementAndGet();
        CompletableFuture<BatchOutcome> outcome;
        try {
            engine.load();
            outcome = queue.submit(images, count, here, abandoned);
        } catch (RuntimeException e) {
            release();
            throw e;
        }
        return outcome.whenComplete((answer, failure) -> release());
    }

    /** @return false if it was retired, as another version has replaced it */
    public boolean acquire() {
        return users.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    /** Releases one reference. */
    public void release() {
        if (users.decrementAndGet() == 0) {
            engine.close();
        }
    }

    /** Releases the loader's reference; the last running request then closes it. */
    void retire() {
        release();
    }
}
