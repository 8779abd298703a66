package io.catwalk.serving.loading;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import io.catwalk.serving.engine.FakeEngine;
import io.catwalk.serving.queue.BatchExecutor;
import io.catwalk.serving.queue.BatchLimits;
import io.catwalk.serving.queue.InferenceMetrics;
import io.catwalk.serving.registry.ModelRegistry;
import io.catwalk.serving.registry.ModelVersion;
import io.catwalk.serving.registry.Promotion;
import io.catwalk.serving.rollout.TrafficSplit;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** A registry and a reconciler over engines that a test makes up. */
public final class Rig {
    public static final Name FASHION = new Name("fashion");
    static final List<String> LABELS = List.of("bag", "boot");

    final ModelRegistry registry = new ModelRegistry();
    public final ServedModels served = new ServedModels(new TrafficSplit(Optional.empty()));
    final LoadBoard board = new LoadBoard();
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final Map<Long, FakeEngine> engines = new ConcurrentHashMap<>();
    final Map<Long, Supplier<FakeEngine>> sources = new ConcurrentHashMap<>();
    public final ModelReconciler reconciler;
    Instant now = Instant.parse("2026-01-01T00:00:00Z");

    public Rig(BatchExecutor dispatchers) {
        this(dispatchers, VersionPolicy.LABELS_ONLY);
    }

    Rig(BatchExecutor dispatchers, VersionPolicy policy) {
        ModelOpener opener = new ModelOpener(
                this::open,
                dispatchers,
                new BatchLimits(1_000, 4, 2, Duration.ofHours(1)),
                new InferenceMetrics(meters, Duration.ofMillis(50)),
                new NativeMemory());
        reconciler = new ModelReconciler(
                registry,
                policy,
                served,
                opener,
                board,
                new LoadingMetrics(meters),
                new RetryDelays(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofMinutes(5)),
                Duration.ofMinutes(10),
                () -> now);
    }

    public void publish(long version, Supplier<FakeEngine> source) {
        sources.put(version, source);
        registry.publish(new ModelVersion(
                FASHION,
                version,
                digest(version),
                Optional.empty(),
                Optional.empty(),
                FakeEngine.SHAPE,
                LABELS,
                version));
    }

    public void promote(long version, long entry) {
        registry.promote(FASHION, ModelRegistry.STABLE, new Promotion(version, digest(version), entry));
    }

    /** Gives a version a share of the requests, or of their copies; 0 ends the rollout. */
    public void roll(Name label, long version, double weight, long entry) {
        registry.promote(FASHION, label, new Promotion(version, digest(version), entry, OptionalDouble.of(weight)));
        reconciler.reconcile();
    }

    /** The version that a prediction without one gets. */
    long predicting() {
        LoadedModel model = served.acquire(new ModelReference.Stable("fashion"), name -> Optional.empty());
        model.release();
        return model.version().version();
    }

    /** The version that a request without one gets. */
    long stable() {
        LoadedModel model = served.acquire(new ModelReference.Stable("fashion"));
        model.release();
        return model.version().version();
    }

    static Digest digest(long version) {
        return Digest.of(Long.toString(version).getBytes(StandardCharsets.UTF_8));
    }

    private FakeEngine open(ModelVersion version) {
        FakeEngine engine = sources.get(version.version()).get();
        engines.put(version.version(), engine);
        return engine;
    }
}
