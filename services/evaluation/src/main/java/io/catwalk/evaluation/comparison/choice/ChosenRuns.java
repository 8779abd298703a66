package io.catwalk.evaluation.comparison.choice;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import io.catwalk.chassis.datasets.LocalDatasets;
import io.catwalk.dataset.MappedDataset;
import io.catwalk.evaluation.comparison.ComparedRun;
import io.catwalk.evaluation.comparison.Comparison;
import io.catwalk.evaluation.comparison.choice.NotComparableException.Cause;
import io.catwalk.evaluation.job.EvaluationState;
import io.catwalk.evaluation.job.Findings;
import io.catwalk.evaluation.report.EvaluationReport;
import io.catwalk.evaluation.report.ReportJson;
import io.catwalk.evaluation.report.RunFacts;
import io.catwalk.evaluation.scoring.PredictedClasses;
import io.catwalk.evaluation.scoring.SplitImages;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobResult;
import io.catwalk.journal.job.Jobs;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.CorruptBlobException;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;

/** Finds runs and their evaluations by id. May throw the store's exceptions. */
public final class ChosenRuns {
    private static final String KEYS = "ABCDEFGH";

    public static final int FEWEST = 2;
    public static final int MOST = KEYS.length();

    private static final int MAX_BLOB_BYTES = 64 << 20;

    private final Jobs evaluations;
    private final Jobs runs;
    private final LocalDatasets datasets;
    private final Blobs blobs;

    public ChosenRuns(Jobs evaluations, Jobs runs, LocalDatasets datasets, Blobs blobs) {
        this.evaluations = evaluations;
        this.runs = runs;
        this.datasets = datasets;
        this.blobs = blobs;
    }

    /**
     * Compares runs.
     *
     * @param ids of the runs, in the order in which they are shown
     * @param use of the comparison, which has the images only meanwhile
     * @throws NotComparableException for fewer than two or more than eight runs, one twice, one that isn't known or has no
     *     evaluated model, or runs of different datasets
     * @throws CorruptBlobException when what an evaluation has kept is damaged
     */
    public <T> T compare(List<String> ids, Function<Comparison, T> use) throws NotComparableException {
        List<EvaluationReport> reports = reports(names(ids));
        Digest dataset = Digest.parse(reports.getFirst().run().datasetDigest());
        List<ComparedRun> compared = new ArrayList<>();
        for (EvaluationReport report : reports) {
            String key = KEYS.substring(compared.size(), compared.size() + 1);
            compared.add(new ComparedRun(key, report, predictions(report)));
        }
        try (MappedDataset mapped = datasets.load(dataset, () -> {})) {
            return use.apply(Comparison.of(
                    compared, new SplitImages(mapped.dataset().splits().test())));
        }
    }

    private static List<Name> names(List<String> ids) throws NotComparableException {
        if (ids.size() < FEWEST || ids.size() > MOST) {
            throw badInput("runs names " + ids.size() + ", must name " + FEWEST + " to " + MOST
                    + " runs, separated by commas");
        }
        List<Name> names = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (String id : ids) {
            String field = "runs[" + names.size() + "]";
            if (!Name.isValid(id)) {
                throw badInput(field + " must match " + Name.PATTERN);
            }
            if (!known.add(id)) {
                throw badInput(field + " is " + id + ", which is named before");
            }
            names.add(new Name(id));
        }
        return names;
    }

    private List<EvaluationReport> reports(List<Name> names) throws NotComparableException {
        List<EvaluationReport> reports = new ArrayList<>();
        for (Name name : names) {
            String field = "runs[" + reports.size() + "] is " + name;
            EvaluationReport report = report(field, name);
            RunFacts first =
                    reports.isEmpty() ? report.run() : reports.getFirst().run();
            if (!report.run().datasetDigest().equals(first.datasetDigest())) {
                throw badInput(field + ", of dataset " + dataset(report.run()) + "; must be of " + dataset(first)
                        + " as " + first.runId());
            }
            reports.add(report);
        }
        return reports;
    }

    private EvaluationReport report(String field, Name run) throws NotComparableException {
        Optional<Job> evaluation = evaluations.find(run);
        Optional<Findings> findings =
                evaluation.flatMap(job -> EvaluationState.of(job).findings());
        if (findings.isPresent()) {
            return ReportJson.read(blobs.read(Digest.parse(findings.get().reportDigest()), MAX_BLOB_BYTES));
        }
        throw evaluation.isPresent() ? unevaluated(field, evaluation.get()) : withoutEvaluation(field, run);
    }

    private static NotComparableException unevaluated(String field, Job evaluation) {
        return noModel(
                field,
                evaluation
                        .fold()
                        .result()
                        .map(result -> "its evaluation found nothing: " + result.reason())
                        .orElse("its model isn't evaluated yet"));
    }

    private NotComparableException withoutEvaluation(String field, Name run) {
        Optional<Job> training = runs.find(run);
        if (training.isEmpty()) {
            return new NotComparableException(Cause.NOT_FOUND, field + ", and there is no such run");
        }
        Optional<JobResult> result = training.get().fold().result();
        if (result.isEmpty()) {
            return noModel(field, "its training hasn't ended");
        }
        return noModel(
                field,
                result.get().equals(JobResult.succeeded())
                        ? "its model isn't evaluated yet"
                        : "its training ended without a model: " + result.get().reason());
    }

    private Optional<PredictedClasses> predictions(EvaluationReport report) {
        return report.testPredictions()
                .map(digest -> PredictedClasses.decode(blobs.read(Digest.parse(digest), MAX_BLOB_BYTES)));
    }

    private static String dataset(RunFacts run) {
        return run.dataset() + " " + run.datasetDigest();
    }

    private static NotComparableException badInput(String message) {
        return new NotComparableException(Cause.BAD_INPUT, message);
    }

    private static NotComparableException noModel(String field, String why) {
        return new NotComparableException(Cause.NO_MODEL, field + ", which has no model to compare: " + why);
    }
}
