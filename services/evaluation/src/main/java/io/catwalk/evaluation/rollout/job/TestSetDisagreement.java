package io.catwalk.evaluation.rollout.job;

import java.util.Optional;
import java.util.stream.IntStream;

import io.catwalk.chassis.reading.Reading;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.evaluation.registry.VersionManifest;
import io.catwalk.evaluation.report.EvaluationReport;
import io.catwalk.evaluation.report.ReportJson;
import io.catwalk.evaluation.scoring.PredictedClasses;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How often two versions take an image of their test set for different classes. May throw the store's exceptions. */
final class TestSetDisagreement {
    private static final Logger LOG = LoggerFactory.getLogger(TestSetDisagreement.class);
    private static final int MAX_BLOB_BYTES = 64 << 20;

    private final Registry registry;
    private final Blobs blobs;

    TestSetDisagreement(Registry registry, Blobs blobs) {
        this.registry = registry;
        this.blobs = blobs;
    }

    /** Share of the images, 0 to 1; empty for versions of different test sets, or without predictions that can be read. */
    Optional<Double> of(Name model, long one, long other) {
        return Reading.of(() -> compare(model, one, other)).orElse(reason -> {
            LOG.warn("can't compare versions {} and {} of {}: {}", one, other, model, reason);
            return Optional.empty();
        });
    }

    private Optional<Double> compare(Name model, long one, long other) {
        Optional<VersionManifest> first = registry.version(model, one);
        Optional<VersionManifest> second = registry.version(model, other);
        if (first.isEmpty()
                || second.isEmpty()
                || !first.get().digests().data().equals(second.get().digests().data())) {
            return Optional.empty();
        }
        Optional<PredictedClasses> firsts = predictions(first.get());
        Optional<PredictedClasses> seconds = predictions(second.get());
        return firsts.isPresent() && seconds.isPresent() ? share(firsts.get(), seconds.get()) : Optional.empty();
    }

    private static Optional<Double> share(PredictedClasses one, PredictedClasses other) {
        int images = one.classes().size();
        if (images == 0 || images != other.classes().size()) {
            return Optional.empty();
        }
        long different = IntStream.range(0, images)
                .filter(image -> one.of(image) != other.of(image))
                .count();
        return Optional.of((double) different / images);
    }

    private Optional<PredictedClasses> predictions(VersionManifest version) {
        EvaluationReport report =
                ReportJson.read(blobs.read(Digest.parse(version.digests().report()), MAX_BLOB_BYTES));
        return report.testPredictions()
                .map(digest -> PredictedClasses.decode(blobs.read(Digest.parse(digest), MAX_BLOB_BYTES)));
    }
}
