package io.catwalk.serving.loading;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.catwalk.objectstore.Name;
import io.catwalk.serving.loading.VersionStatus.State;
import io.catwalk.serving.registry.ModelVersion;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** The metrics of loading. */
public final class LoadingMetrics {
    private final MeterRegistry registry;
    private final Map<LabelKey, AtomicLong> served = new ConcurrentHashMap<>();
    private final Map<LabelKey, AtomicLong> behind = new ConcurrentHashMap<>();

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
        gauge(served, key, "catwalk.model.served.version", "The version that a label's requests get")
                .set(version);
        gauge(behind, key, "catwalk.model.fallback", "How many promotions the label is behind: 0 is healthy")
                .set(promotionsBehind);
    }

    private AtomicLong gauge(Map<LabelKey, AtomicLong> gauges, LabelKey key, String name, String description) {
        return gauges.computeIfAbsent(key, label -> {
            AtomicLong value = new AtomicLong();
            Gauge.builder(name, value, AtomicLong::get)
                    .description(description)
                    .tag("model", label.model().value())
                    .tag("label", label.label().value())
                    .register(registry);
            return value;
        });
    }

    private record LabelKey(Name model, Name label) {}
}
