package io.catwalk.evaluation.job;

import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;

import io.catwalk.chassis.datasets.LocalDatasets;
import io.catwalk.dataset.CorruptDatasetException;
import io.catwalk.dataset.Dataset;
import io.catwalk.dataset.MappedDataset;
import io.catwalk.evaluation.scoring.Predictions;
import io.catwalk.evaluation.scoring.Scorer;
import io.catwalk.evaluation.scoring.SplitImages;
import io.catwalk.evaluation.scoring.UnusablePredictionsException;
import io.catwalk.journal.job.JobFailedException;
import io.catwalk.journal.job.Lease;
import io.catwalk.journal.job.LeaseEndedException;
import io.catwalk.journal.job.Termination;
import io.catwalk.modelarchives.ModelFormat;
import io.catwalk.modelarchives.ModelSource;
import io.catwalk.network.inference.Classifier;
import io.catwalk.network.inference.ModelSignature;
import io.catwalk.network.inference.UnloadableModelException;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.objectstore.CorruptBlobException;
import io.catwalk.objectstore.Digest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lease holder's work on an evaluation: loads models, scores them, and reports progress. Closed at its end. */
final class Attempt implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private final Lease lease;
    private final Evaluation evaluation;
    private final LocalDatasets datasets;
    private final ModelSource models;
    private final int batchSize;
    private Optional<MappedDataset> loaded = Optional.empty();

    Attempt(Lease lease, LocalDatasets datasets, ModelSource models, int batchSize) {
        this.lease = lease;
        this.evaluation = Evaluation.of(lease.job());
        this.datasets = datasets;
        this.models = models;
        this.batchSize = batchSize;
    }

    Lease lease() {
        return lease;
    }

    Evaluation evaluation() {
        return evaluation;
    }

    EvaluationState state() {
        return EvaluationState.of(lease.job());
    }

    /**
     * The run's dataset, copied to this machine on the first call. Retries while its disk fails.
     *
     * @throws JobFailedException when it is missing or damaged
     */
    Dataset dataset() throws JobFailedException, LeaseEndedException, InterruptedException {
        if (loaded.isEmpty()) {
            EvaluationProgress copying = EvaluationProgress.of("loading the dataset");
            show(copying);
            Digest digest = evaluation.datasetDigest();
            try {
                loaded = Optional.of(whenPossible(() -> datasets.load(digest, () -> lease.advanced(copying.tree()))));
            } catch (CorruptBlobException | CorruptDatasetException e) {
                throw new JobFailedException(
                        new Termination.Failed("dataset " + digest + " can't be loaded: " + e.getMessage()));
            }
        }
        return loaded.get().dataset();
    }

    @Override
    public void close() {
        loaded.ifPresent(MappedDataset::close);
    }

    /**
     * A model for the dataset's images and classes. Retries while this machine's disk fails.
     *
     * @throws UnloadableModelException when it can't be loaded, or is of another shape or number of classes
     */
    Classifier open(ModelFormat format, Digest digest)
            throws JobFailedException, LeaseEndedException, InterruptedException {
        ModelSignature wanted = wanted(dataset());
        show(EvaluationProgress.of("loading a model"));
        Classifier model = whenPossible(() -> models.open(format, digest));
        if (!model.signature().equals(wanted)) {
            String found = described(model.signature());
            model.close();
            throw new UnloadableModelException(
                    "model " + digest + " takes " + found + "; the dataset has " + described(wanted));
        }
        return model;
    }

    /** @throws UnusablePredictionsException when the model's answers aren't probabilities */
    Predictions predict(Classifier model, SplitImages images, String phase) throws LeaseEndedException {
        Scorer scorer = new Scorer(model::probabilities, model.signature().classes(), batchSize);
        return scorer.predict(images, done -> show(new EvaluationProgress(phase, done, images.count())));
    }

    /** @throws LeaseEndedException when the work must stop */
    void show(EvaluationProgress progress) throws LeaseEndedException {
        lease.check();
        lease.advanced(progress.tree());
    }

    private <T> T whenPossible(Supplier<T> loading) throws LeaseEndedException, InterruptedException {
        for (int failures = 0; ; failures++) {
            try {
                return lease.retry().untilAnswered(loading);
            } catch (UncheckedIOException e) {
                LOG.warn("{}: {}; trying again", e.getMessage(), String.valueOf(e.getCause()));
                show(EvaluationProgress.of("waiting for the disk"));
                lease.retry().pause(failures);
            }
        }
    }

    private static String described(ModelSignature signature) {
        return "images of " + signature.input() + " in " + signature.classes() + " classes";
    }

    private static ModelSignature wanted(Dataset dataset) {
        return new ModelSignature(
                dataset.manifest().imageShape().as(ImageShape::new),
                dataset.manifest().classes());
    }
}
