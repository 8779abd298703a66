package io.catwalk.serving.loading;

import io.catwalk.serving.engine.Engine;
import io.catwalk.serving.queue.BatchExecutor;
import io.catwalk.serving.queue.BatchLimits;
import io.catwalk.serving.queue.BatchQueue;
import io.catwalk.serving.queue.InferenceMetrics;
import io.catwalk.serving.queue.Served;
import io.catwalk.serving.registry.ModelVersion;

/** Loads a published version and warms it up. */
public final class ModelOpener {
    private final EngineSource source;
    private final BatchExecutor dispatchers;
    private final BatchLimits limits;
    private final InferenceMetrics metrics;
    private final NativeMemory memory;

    public ModelOpener(
            EngineSource source,
            BatchExecutor dispatchers,
            BatchLimits limits,
            InferenceMetrics metrics,
            NativeMemory memory) {
        this.source = source;
        this.dispatchers = dispatchers;
        this.limits = limits;
        this.metrics = metrics;
        this.memory = memory;
    }

    /** Loads and warms up; throws as {@link EngineSource#open}, after which nothing is left open. */
    LoadedModel open(ModelVersion version) {
        Engine first = source.open(version);
        try {
            new WarmUp(limits.maxBatch()).run(version, first);
        } catch (RuntimeException | Error e) {
            first.close();
            throw e;
        }
        OnDemandEngine engine = new OnDemandEngine(first, () -> source.open(version), memory::freed, System::nanoTime);
        Served served = Served.of(version, engine);
        BatchQueue queue = new BatchQueue(engine, dispatchers, limits, System::nanoTime, metrics.batchSizes(served));
        metrics.queueDepth(version, queue);
        return new LoadedModel(served, engine, queue);
    }

    /** Removes the metrics of an unloaded version. */
    void forget(ModelVersion version) {
        metrics.forget(version);
    }
}
