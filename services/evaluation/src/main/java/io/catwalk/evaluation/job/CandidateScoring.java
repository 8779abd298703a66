package io.catwalk.evaluation.job;

import java.util.List;
import java.util.Optional;

import io.catwalk.dataset.Dataset;
import io.catwalk.drift.ReferenceProfile;
import io.catwalk.evaluation.gate.Candidate;
import io.catwalk.evaluation.gate.Opponent;
import io.catwalk.evaluation.gate.Verdict;
import io.catwalk.evaluation.report.Assessment;
import io.catwalk.evaluation.report.EvaluationReport;
import io.catwalk.evaluation.report.OnnxCheck;
import io.catwalk.evaluation.report.ReportJson;
import io.catwalk.evaluation.report.RunFacts;
import io.catwalk.evaluation.report.page.ReportPage;
import io.catwalk.evaluation.scoring.Confidences;
import io.catwalk.evaluation.scoring.EngineAgreement;
import io.catwalk.evaluation.scoring.PredictedClasses;
import io.catwalk.evaluation.scoring.Predictions;
import io.catwalk.evaluation.scoring.SampleChoice;
import io.catwalk.evaluation.scoring.SplitImages;
import io.catwalk.evaluation.scoring.SplitScore;
import io.catwalk.evaluation.scoring.SuspectedMislabels;
import io.catwalk.evaluation.scoring.TrainingProfile;
import io.catwalk.evaluation.scoring.UnusablePredictionsException;
import io.catwalk.journal.job.JobFailedException;
import io.catwalk.journal.job.LeaseEndedException;
import io.catwalk.journal.job.Termination;
import io.catwalk.modelarchives.ModelFormat;
import io.catwalk.network.inference.Classifier;
import io.catwalk.network.inference.UnloadableModelException;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.training.v1.TrainingCompleted;

/** Scores a candidate on its validation and test split and stores the report and the profile of its training images. */
final class CandidateScoring {
    /** Pictures of each kind in the report, five by five. */
    private static final int SAMPLES = 25;

    private final RunHistory runs;
    private final Blobs blobs;
    private final ReportPage page = new ReportPage();

    CandidateScoring(RunHistory runs, Blobs blobs) {
        this.runs = runs;
        this.blobs = blobs;
    }

    /** @throws JobFailedException when the model or its dataset is damaged, or its answers aren't probabilities */
    Findings score(Attempt attempt, Opponent opponent)
            throws JobFailedException, LeaseEndedException, InterruptedException {
        Dataset dataset = attempt.dataset();
        RunHistory.SeedAndCurve run =
                runs.read(attempt.evaluation().runId(), attempt.lease().retry());
        Scores scores = predict(attempt, dataset);
        Kept kept = new Kept(
                put(attempt, scores.predicted().encode()),
                put(attempt, scores.confidences().encode()));
        EvaluationReport report = report(attempt.evaluation(), run, dataset, scores, kept, opponent);
        attempt.show(EvaluationProgress.of("writing the report"));
        byte[] html = page.render(report, new SplitImages(dataset.splits().test()));
        return new Findings(
                SplitFigures.of(scores.validation()),
                SplitFigures.of(scores.test()),
                shape(dataset),
                dataset.manifest().labelNames(),
                put(attempt, ReportJson.write(report)),
                put(attempt, html),
                Optional.of(put(attempt, scores.profile().write())),
                scores.onnx(),
                opponent,
                report.assessment().verdict());
    }

    private static Scores predict(Attempt attempt, Dataset dataset)
            throws JobFailedException, LeaseEndedException, InterruptedException {
        Predictions validation;
        Predictions test;
        try (Classifier model =
                attempt.open(ModelFormat.SAVED_MODEL, attempt.evaluation().modelDigest())) {
            validation = attempt.predict(
                    model, new SplitImages(dataset.splits().validation()), "scoring the validation set");
            test = attempt.predict(model, new SplitImages(dataset.splits().test()), "scoring the test set");
        } catch (UnloadableModelException | UnusablePredictionsException e) {
            throw new JobFailedException(new Termination.Failed(e.getMessage()));
        }
        return new Scores(
                SplitScore.of(validation),
                SplitScore.of(test),
                SampleChoice.first(SAMPLES, test),
                PredictedClasses.of(test),
                Confidences.of(test),
                SuspectedMislabels.of(test),
                TrainingProfile.of(new SplitImages(dataset.splits().train()), validation),
                checkOnnx(attempt, dataset, test));
    }

    /** An export that can't be used is no reason to refuse the model: TensorFlow serves it. */
    private static Optional<OnnxCheck> checkOnnx(Attempt attempt, Dataset dataset, Predictions expected)
            throws JobFailedException, LeaseEndedException, InterruptedException {
        Optional<Digest> export = attempt.evaluation().onnxDigest();
        if (export.isEmpty()) {
            return Optional.empty();
        }
        String digest = export.get().toString();
        try (Classifier model = attempt.open(ModelFormat.ONNX, export.get())) {
            Predictions test =
                    attempt.predict(model, new SplitImages(dataset.splits().test()), "checking the ONNX export");
            return Optional.of(OnnxCheck.of(digest, EngineAgreement.of(expected, test)));
        } catch (UnloadableModelException | UnusablePredictionsException e) {
            return Optional.of(OnnxCheck.unusable(digest, e.getMessage()));
        }
    }

    private static EvaluationReport report(
            Evaluation evaluation,
            RunHistory.SeedAndCurve run,
            Dataset dataset,
            Scores scores,
            Kept kept,
            Opponent opponent) {
        Candidate candidate =
                new Candidate(scores.validation().tally(), scores.test().tally());
        Verdict verdict = evaluation.gate().evaluate(candidate, opponent);
        return new EvaluationReport(
                EvaluationReport.SCHEMA,
                facts(evaluation, run),
                dataset.manifest().labelNames(),
                scores.validation(),
                scores.test(),
                run.curve(),
                scores.samples(),
                Optional.of(kept.predictions()),
                Optional.of(kept.confidences()),
                Optional.of(scores.suspects()),
                scores.onnx(),
                new Assessment(evaluation.gate(), opponent, verdict));
    }

    private static RunFacts facts(Evaluation evaluation, RunHistory.SeedAndCurve run) {
        TrainingCompleted training = evaluation.training();
        return new RunFacts(
                evaluation.runId().value(),
                training.getModel(),
                training.getModelDigest(),
                training.getDataset(),
                training.getDatasetDigest(),
                training.getNetwork(),
                training.getParameters(),
                training.getEpochs(),
                run.seed());
    }

    private String put(Attempt attempt, byte[] content) throws InterruptedException {
        Digest digest = attempt.lease().retry().untilAnswered(() -> blobs.put(content));
        return digest.toString();
    }

    private static List<Integer> shape(Dataset dataset) {
        var shape = dataset.manifest().imageShape();
        return List.of(shape.height(), shape.width(), shape.channels());
    }

    private record Scores(
            SplitScore validation,
            SplitScore test,
            SampleChoice samples,
            PredictedClasses predicted,
            Confidences confidences,
            SuspectedMislabels suspects,
            ReferenceProfile profile,
            Optional<OnnxCheck> onnx) {}

    /** The digests of what is kept of the test split beside the report. */
    private record Kept(String predictions, String confidences) {}
}
