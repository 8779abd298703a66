package io.catwalk.serving.drift;

import java.util.Optional;

import io.catwalk.drift.DriftChange;
import io.catwalk.drift.DriftDetector;
import io.catwalk.drift.DriftFigures;
import io.catwalk.drift.DriftSettings;
import io.catwalk.drift.ImageStatistics;
import io.catwalk.drift.ReferenceProfile;
import io.catwalk.serving.registry.ModelVersion;
import io.micrometer.core.instrument.MeterRegistry;

/** A version with its detector, and with gauges once its window is full. Not thread-safe. */
final class WatchedVersion {
    private final ModelVersion version;
    private final ReferenceProfile profile;
    private final DriftDetector detector;
    private final MeterRegistry meters;
    private Optional<VersionGauges> gauges = Optional.empty();

    WatchedVersion(ModelVersion version, ReferenceProfile profile, DriftSettings settings, MeterRegistry meters) {
        this.version = version;
        this.profile = profile;
        this.detector = new DriftDetector(profile, settings);
        this.meters = meters;
    }

    ModelVersion version() {
        return version;
    }

    ReferenceProfile profile() {
        return profile;
    }

    /** @return whether drift started or ended with this image */
    Optional<DriftChange> add(ImageStatistics image, int predicted) {
        Optional<DriftChange> change = detector.add(image, predicted);
        detector.figures().ifPresent(figures -> gauges(figures).show(figures));
        change.ifPresent(now -> gauges(now.figures()).drifting(now.started()));
        return change;
    }

    private VersionGauges gauges(DriftFigures figures) {
        if (gauges.isEmpty()) {
            gauges = Optional.of(new VersionGauges(meters, version, profile, figures));
        }
        return gauges.get();
    }
}
