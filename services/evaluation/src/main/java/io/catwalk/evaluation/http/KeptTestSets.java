package io.catwalk.evaluation.http;

import java.nio.ByteBuffer;

import io.catwalk.chassis.datasets.DatasetStore;
import io.catwalk.dataset.DatasetManifest;
import io.catwalk.dataset.SplitName;
import io.catwalk.dataset.SplitPlace;
import io.catwalk.evaluation.atlas.ScoredTestSet;
import io.catwalk.evaluation.job.EvaluationHandler;
import io.catwalk.evaluation.report.EvaluationReport;
import io.catwalk.evaluation.report.ReportJson;
import io.catwalk.evaluation.scoring.Confidences;
import io.catwalk.evaluation.scoring.PredictedClasses;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;

/** Reads what evaluations kept of their test sets. Every method may throw the store's exceptions. */
@Singleton
class KeptTestSets {
    /** Far above what is kept of a million images. */
    private static final int MAX_BLOB_BYTES = 64 << 20;

    private final KnownEvaluations evaluations;
    private final DatasetStore datasets;
    private final Blobs blobs;

    @Inject
    KeptTestSets(KnownEvaluations evaluations, EvaluationHandler.Sources sources) {
        this.evaluations = evaluations;
        this.datasets = sources.datasets();
        this.blobs = sources.blobs();
    }

    /**
     * An evaluation's report.
     *
     * @throws NotFoundException when there is no such evaluation, or it has no report (yet)
     */
    EvaluationReport report(String runId) {
        return ReportJson.read(read(evaluations.scored(runId).reportDigest()));
    }

    /**
     * All that an evaluation kept.
     *
     * @throws NotFoundException as {@link #report} throws it
     * @throws ClientErrorException as a conflict, when it kept no predictions
     */
    ScoredTestSet testSet(String runId) {
        EvaluationReport report = report(runId);
        String predicted = report.testPredictions().orElseThrow(() -> olderRelease(runId, "predictions"));
        DatasetManifest manifest = datasets.manifest(Digest.parse(report.run().datasetDigest()));
        SplitPlace place = SplitPlace.of(manifest, SplitName.TEST);
        ByteBuffer labels =
                ByteBuffer.wrap(read(place.labels().digest())).slice((int) place.firstLabel(), place.count());
        return new ScoredTestSet(
                report,
                manifest.files(),
                labels,
                PredictedClasses.decode(read(predicted)),
                report.testConfidences().map(digest -> Confidences.decode(read(digest))));
    }

    /** @param what an evaluation of this release keeps */
    static ClientErrorException olderRelease(String runId, String what) {
        return new ClientErrorException(
                "evaluation " + runId + " was made by an older release, which kept no " + what,
                Response.Status.CONFLICT);
    }

    private byte[] read(String digest) {
        return blobs.read(Digest.parse(digest), MAX_BLOB_BYTES);
    }
}
