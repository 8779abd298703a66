package io.catwalk.serving.drift;

import io.catwalk.drift.DriftChange;
import io.catwalk.drift.DriftFigures;
import io.catwalk.drift.ReferenceProfile;
import io.catwalk.serving.registry.ModelVersion;
import io.catwalk.serving.v1.DriftDetected;
import io.catwalk.serving.v1.DriftFigure;
import io.catwalk.serving.v1.DriftState;

/** A change as an event's payload. */
final class DriftEvent {
    private DriftEvent() {}

    static DriftDetected of(
            ModelVersion version, ReferenceProfile profile, DriftChange change, int window, String replica) {
        DriftFigures figures = change.figures();
        return DriftDetected.newBuilder()
                .setModel(version.model().value())
                .setVersion(version.version())
                .setModelDigest(version.digest().toString())
                .setProfileDigest(version.profile().orElseThrow().toString())
                .setState(change.started() ? DriftState.DRIFT_STATE_STARTED : DriftState.DRIFT_STATE_ENDED)
                .setWindowImages(window)
                .addAllFigures(
                        figures.figures().stream().map(DriftEvent::figure).toList())
                .setMean(figures.mean())
                .setReferenceMean(profile.mean())
                .setDeviation(figures.deviation())
                .setReferenceDeviation(profile.deviation())
                .setReplica(replica)
                .build();
    }

    private static DriftFigure figure(DriftFigures.Figure figure) {
        return DriftFigure.newBuilder()
                .setStatistic(figure.statistic().label())
                .setIndex(figure.index())
                .setThreshold(figure.threshold())
                .build();
    }
}
