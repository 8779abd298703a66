package io.catwalk.serving.loading;

import java.time.Clock;

import io.catwalk.modelarchives.ModelArchives;
import io.catwalk.modelarchives.ModelSource;
import io.catwalk.modelarchives.StoredModels;
import io.catwalk.network.inference.TensorLimits;
import io.catwalk.objectstore.Blobs;
import io.catwalk.serving.engine.EngineConfig;
import io.catwalk.serving.queue.BatchExecutor;
import io.catwalk.serving.queue.BatchLimits;
import io.catwalk.serving.queue.Dispatchers;
import io.catwalk.serving.queue.InferenceMetrics;
import io.catwalk.serving.registry.ModelRegistry;
import io.catwalk.serving.registry.RegistryFeed;
import io.catwalk.serving.rollout.TrafficSplit;
import io.catwalk.supervision.Supervisor;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Wires loading together, and starts and stops it with the service. */
@Singleton
public class LoadingBeans {
    private final ServedModels served;
    private final LoadBoard board = new LoadBoard();
    private final StableReadiness readiness;
    private final Dispatchers dispatchers;
    private final LoadLoop loop;

    public LoadingBeans(
            LoadingConfig config,
            BatchLimits limits,
            ModelRegistry registry,
            RegistryFeed feed,
            Blobs blobs,
            EngineConfig engines,
            InferenceMetrics metrics,
            MeterRegistry meters,
            TrafficSplit split,
            Clock clock) {
        served = new ServedModels(split);
        dispatchers = new Dispatchers(limits.parallel(), Supervisor.ofProcess());
        readiness = new StableReadiness(registry, served, feed::caughtUp);
        NativeMemory memory = new NativeMemory();
        loop = new LoadLoop(
                new ModelReconciler(
                        registry,
                        config.versions().policy(),
                        served,
                        new ModelOpener(
                                new StoredEngineSource(models(blobs, config, engines, limits, clock), engines),
                                dispatchers,
                                limits,
                                metrics,
                                memory),
                        board,
                        new LoadingMetrics(meters),
                        new RetryDelays(config.retry(), config.maxRetry(), config.refusedRetry()),
                        config.metricsGrace(),
                        clock),
                new IdleModels(served, config.idleTimeout(), meters),
                memory,
                feed::caughtUp);
        registry.whenChanged(loop::wake);
    }

    private static ModelSource models(
            Blobs blobs, LoadingConfig config, EngineConfig engines, BatchLimits limits, Clock clock) {
        ModelArchives archives =
                new ModelArchives(blobs, config.cacheFolder(), config.maxModelBytes(), config.maxCacheBytes(), clock);
        if (engines.onnxThreads() < 1) {
            throw new IllegalArgumentException(
                    "catwalk.engine.onnx-threads is " + engines.onnxThreads() + ", but must be at least 1");
        }
        return new StoredModels(
                archives, engines.onnxThreads(), new TensorLimits(limits.maxBatch(), config.maxTensorBytes()));
    }

    void start(@Observes StartupEvent event) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) {
        loop.close();
        dispatchers.close();
    }

    @Produces
    @Singleton
    ServedModels served() {
        return served;
    }

    @Produces
    @Singleton
    BatchExecutor dispatchers() {
        return dispatchers;
    }

    @Produces
    @Singleton
    LoadBoard board() {
        return board;
    }

    @Produces
    @Singleton
    StableReadiness readiness() {
        return readiness;
    }
}
