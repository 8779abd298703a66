package io.catwalk.serving.loading;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.catwalk.objectstore.Name;
import io.catwalk.serving.loading.VersionStatus.State;
import io.catwalk.serving.registry.ModelVersion;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/** The metrics of loading. */
public final class LoadingMetrics {
    private static final String SERVED = "catwalk.model.served.version";
    private static final String FALLBACK = "catwalk.model.fallback";

    private final MeterRegistry registry;
    private final Map<LabelKey, AtomicLong> served = new ConcurrentHashMap<>();
    private final Map<LabelKey, AtomicLong> behind = new ConcurrentHashMap<>();
    private final Map<LabelKey, AtomicReference<Double>> weights = new ConcurrentHashMap<>();

    public LoadingMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void failed(Name model, State state) {
        Counter.builder("catwalk.model.load.failures")
                .description("Loads that failed, by whether the version was refused or is only delayed")
                .tag("model", model.value())
                .tag("reason", state.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }

    void loaded(ModelVersion version, Duration duration) {
        Timer.builder("catwalk.model.load")
                .description("Time from the start of a load to the end of its warm-up")
                .tag("model", version.model().value())
                .register(registry)
                .record(duration);
    }

    /** @param promotionsBehind how many versions newer than the served one the label pointed at without success */
    void labelServes(Name model, Name label, long version, int promotionsBehind) {
        LabelKey key = new LabelKey(model, label);
        gauge(served, key, SERVED, "The version that a label's requests get").set(version);
        gauge(behind, key, FALLBACK, "How many promotions the label is behind: 0 is healthy")
                .set(promotionsBehind);
    }

    /** @param weight absent for a label without a rollout, which has no such series unless it had one */
    void rollout(Name model, Name label, OptionalDouble weight) {
        LabelKey key = new LabelKey(model, label);
        if (weight.isPresent() || weights.containsKey(key)) {
            weights.computeIfAbsent(key, this::weightGauge).set(weight.orElse(0));
        }
    }

    /** The label points at nothing any more: its rollout's weight is 0, its other series end. */
    void labelEnded(Name model, Name label) {
        LabelKey key = new LabelKey(model, label);
        rollout(model, label, OptionalDouble.of(0));
        for (String name : List.of(SERVED, FALLBACK)) {
            registry.find(name).tags(key.tags()).meters().forEach(registry::remove);
        }
        served.remove(key);
        behind.remove(key);
    }

    private AtomicReference<Double> weightGauge(LabelKey key) {
        AtomicReference<Double> weight = new AtomicReference<>(0.0);
        Gauge.builder("catwalk.rollout.weight", weight, AtomicReference::get)
                .description("The share of the requests for stable that a canary answers or a shadow gets copies of")
                .tags(key.tags())
                .register(registry);
        return weight;
    }

    private AtomicLong gauge(Map<LabelKey, AtomicLong> gauges, LabelKey key, String name, String description) {
        return gauges.computeIfAbsent(key, label -> {
            AtomicLong value = new AtomicLong();
            Gauge.builder(name, value, AtomicLong::get)
                    .description(description)
                    .tags(label.tags())
                    .register(registry);
            return value;
        });
    }

    private record LabelKey(Name model, Name label) {
        Tags tags() {
            return Tags.of("model", model.value(), "label", label.value());
        }
    }
}
