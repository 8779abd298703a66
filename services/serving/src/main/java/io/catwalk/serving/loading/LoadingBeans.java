package io.catwalk.serving.loading;

import java.time.Clock;

import io.catwalk.modelarchives.ModelArchives;
import io.catwalk.objectstore.Blobs;
import io.catwalk.serving.engine.EngineLoader;
import io.catwalk.serving.queue.BatchLimits;
import io.catwalk.serving.queue.Dispatchers;
import io.catwalk.serving.queue.InferenceMetrics;
import io.catwalk.serving.registry.ModelRegistry;
import io.catwalk.serving.registry.RegistryFeed;
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
    private final ServedModels served = new ServedModels();
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
            EngineLoader engines,
            InferenceMetrics metrics,
            MeterRegistry meters,
            Clock clock) {
        dispatchers = new Dispatchers(limits.parallel(), Supervisor.ofProcess());
        readiness = new StableReadiness(registry, served, feed::caughtUp);
        loop = new LoadLoop(
                new ModelReconciler(
                        registry,
                        served,
                        new ModelOpener(
                                new ArchiveEngineSource(archives(blobs, config, clock), engines),
                                dispatchers,
                                limits,
                                metrics),
                        board,
                        new LoadingMetrics(meters),
                        new RetryDelays(config.retry(), config.maxRetry(), config.refusedRetry()),
                        config.metricsGrace(),
                        clock),
                feed::caughtUp);
        registry.whenChanged(loop::wake);
    }

    private static ModelArchives archives(Blobs blobs, LoadingConfig config, Clock clock) {
        return new ModelArchives(blobs, config.cacheFolder(), config.maxModelBytes(), config.maxCacheBytes(), clock);
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
    LoadBoard board() {
        return board;
    }

    @Produces
    @Singleton
    StableReadiness readiness() {
        return readiness;
    }
}
