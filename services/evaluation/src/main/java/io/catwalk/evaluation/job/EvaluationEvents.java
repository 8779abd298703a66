package io.catwalk.evaluation.job;

import java.time.Instant;
import java.util.Optional;

import io.catwalk.chassis.events.JournalEvents;
import io.catwalk.evaluation.gate.Champion;
import io.catwalk.evaluation.gate.Opponent;
import io.catwalk.evaluation.registry.VersionManifest;
import io.catwalk.evaluation.v1.EvaluationCompleted;
import io.catwalk.evaluation.v1.SplitScore;
import io.catwalk.events.EventType;
import io.catwalk.journal.Event;
import io.catwalk.model.v1.ModelPublished;
import io.catwalk.model.v1.ModelRejected;
import io.catwalk.training.v1.TrainingCompleted;

/** The events of evaluations. */
final class EvaluationEvents {
    private EvaluationEvents() {}

    static Event completed(Evaluation evaluation, Findings findings, Instant time) {
        TrainingCompleted training = evaluation.training();
        return JournalEvents.of(
                EventType.EVALUATION_COMPLETED,
                time,
                EvaluationCompleted.newBuilder()
                        .setRunId(evaluation.runId().value())
                        .setModel(training.getModel())
                        .setDataset(training.getDataset())
                        .setDatasetDigest(training.getDatasetDigest())
                        .setModelDigest(training.getModelDigest())
                        .setValidation(score(findings.validation()))
                        .setTest(score(findings.test()))
                        .setReportDigest(findings.reportDigest())
                        .setReportPageDigest(findings.pageDigest())
                        .build());
    }

    /** @param entry the number of the label journal's entry that decided it */
    static Event published(EvaluationState.Publishing publishing, long entry, Instant time) {
        VersionManifest manifest = publishing.manifest();
        return JournalEvents.of(
                EventType.MODEL_PUBLISHED,
                time,
                ModelPublished.newBuilder()
                        .setModel(manifest.model())
                        .setVersion(manifest.version())
                        .setRunId(manifest.runId())
                        .setManifestDigest(publishing.manifestDigest())
                        .setModelDigest(manifest.digests().model())
                        .setOnnxDigest(manifest.digests().onnx().orElse(""))
                        .setProfileDigest(manifest.digests().profile().orElse(""))
                        .setDataset(manifest.dataset())
                        .setDatasetDigest(manifest.digests().data())
                        .addAllImageShape(manifest.imageShape())
                        .addAllLabelNames(manifest.labelNames())
                        .setTestAccuracy(manifest.test().accuracy())
                        .setEntry(entry)
                        .build());
    }

    /**
     * @param findings empty for a candidate that couldn't be scored
     * @param entry the number of the label journal's entry that decided it
     */
    static Event rejected(
            Evaluation evaluation,
            Optional<Findings> findings,
            Opponent opponent,
            String reason,
            long entry,
            Instant time) {
        ModelRejected.Builder rejected = ModelRejected.newBuilder()
                .setRunId(evaluation.runId().value())
                .setModel(evaluation.training().getModel())
                .setReason(reason)
                .setChampionVersion(opponent.version())
                .setEntry(entry);
        findings.ifPresent(
                found -> rejected.setValidationAccuracy(found.validation().accuracy())
                        .setTestAccuracy(found.test().accuracy()));
        if (opponent instanceof Champion champion) {
            rejected.setChampionValidationAccuracy(champion.validation().accuracy());
        }
        return JournalEvents.of(EventType.MODEL_REJECTED, time, rejected.build());
    }

    private static SplitScore score(SplitFigures figures) {
        return SplitScore.newBuilder()
                .setCount(figures.tally().count())
                .setLoss(figures.loss())
                .setAccuracy(figures.accuracy())
                .setMacroPrecision(figures.macroPrecision())
                .setMacroRecall(figures.macroRecall())
                .setMacroF1(figures.macroF1())
                .addAllEmptyClasses(figures.emptyClasses())
                .build();
    }
}
