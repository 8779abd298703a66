package io.catwalk.serving.drift;

import java.util.function.Supplier;

import io.catwalk.drift.DriftFigures;
import io.catwalk.drift.DriftFigures.Figure;
import io.catwalk.drift.ReferenceProfile;
import io.catwalk.drift.Statistic;
import io.catwalk.serving.registry.ModelVersion;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** The figures of a version's newest window as gauges, which are there from its first full window on. */
final class VersionGauges {
    private final MeterRegistry registry;
    private final Tags version;
    private volatile DriftFigures newest;
    private volatile boolean drifting;

    /** Replaces the gauges of an earlier load of the version. */
    VersionGauges(MeterRegistry registry, ModelVersion version, ReferenceProfile profile, DriftFigures first) {
        this.registry = registry;
        this.version = Tags.of("model", version.model().value(), "version", Long.toString(version.version()));
        this.newest = first;
        for (Statistic statistic : Statistic.values()) {
            Tags tags = this.version.and("statistic", statistic.label());
            gauge(
                    "catwalk.drift.index",
                    "Population stability index of the newest images",
                    tags,
                    () -> figure(statistic).index());
            gauge(
                    "catwalk.drift.threshold",
                    "Index from which drift is an alarm",
                    tags,
                    () -> figure(statistic).threshold());
        }
        gauge(
                "catwalk.drift.alarm",
                "1 while the newest images differ from the training images",
                this.version,
                () -> drifting ? 1 : 0);
        gauge("catwalk.input.mean", "Mean of the newest images' values", this.version, () -> newest.mean());
        gauge(
                "catwalk.input.deviation",
                "Mean standard deviation in the newest images",
                this.version,
                () -> newest.deviation());
        gauge("catwalk.input.reference.mean", "Mean of the training images' values", this.version, profile::mean);
        gauge(
                "catwalk.input.reference.deviation",
                "Mean standard deviation in the training images",
                this.version,
                profile::deviation);
    }

    void show(DriftFigures figures) {
        newest = figures;
    }

    void drifting(boolean now) {
        drifting = now;
    }

    private Figure figure(Statistic statistic) {
        return newest.figures().stream()
                .filter(figure -> figure.statistic() == statistic)
                .findFirst()
                .orElseThrow();
    }

    private void gauge(String name, String description, Tags tags, Supplier<Number> value) {
        registry.find(name).tags(tags).meters().forEach(registry::remove);
        Gauge.builder(name, value)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }
}
