package io.catwalk.evaluation.job;

import java.util.List;
import java.util.Optional;

import io.catwalk.evaluation.registry.Registry;
import io.catwalk.evaluation.registry.VersionManifest;
import io.catwalk.journal.job.Lease;
import io.catwalk.journal.job.LeaseEndedException;
import io.catwalk.objectstore.Name;
import io.catwalk.training.v1.TrainingCompleted;

/** Assigns candidates a version of their own. */
final class Versions {
    private final Registry registry;

    Versions(Registry registry) {
        this.registry = registry;
    }

    /** Writes a free number to the evaluation's journal, then creates its manifest; tries the next number if it was taken. */
    VersionManifest publish(Attempt attempt, Findings findings) throws LeaseEndedException, InterruptedException {
        Lease lease = attempt.lease();
        Name model = attempt.evaluation().model();
        if (attempt.state().publishing().isEmpty()) {
            List<Long> claimed = lease.retry().untilAnswered(() -> registry.versions(model));
            long next = claimed.isEmpty() ? 1 : claimed.getLast() + 1;
            record(attempt, manifest(attempt.evaluation(), findings, next));
        }
        VersionManifest named = named(attempt);
        while (!created(lease, named)) {
            record(attempt, named.numbered(named.version() + 1));
            named = named(attempt);
        }
        return named;
    }

    private boolean created(Lease lease, VersionManifest manifest) throws InterruptedException {
        return lease.retry().untilAnswered(() -> registry.create(manifest));
    }

    private static void record(Attempt attempt, VersionManifest manifest)
            throws LeaseEndedException, InterruptedException {
        attempt.lease().record(attempt.state().publishingAs(manifest), Optional.empty());
    }

    private static VersionManifest named(Attempt attempt) {
        return attempt.state().publishing().orElseThrow().manifest();
    }

    private static VersionManifest manifest(Evaluation evaluation, Findings findings, long version) {
        TrainingCompleted training = evaluation.training();
        return new VersionManifest(
                VersionManifest.SCHEMA,
                training.getModel(),
                version,
                evaluation.runId().value(),
                training.getDataset(),
                new VersionManifest.Digests(
                        training.getDatasetDigest(),
                        training.getRequestDigest(),
                        training.getWeightsDigest(),
                        training.getModelDigest(),
                        findings.onnxDigest(),
                        findings.profileDigest(),
                        findings.reportDigest(),
                        findings.pageDigest()),
                training.getNetwork(),
                training.getParameters(),
                findings.imageShape(),
                findings.labelNames(),
                findings.validation().forManifest(),
                findings.test().forManifest());
    }
}
