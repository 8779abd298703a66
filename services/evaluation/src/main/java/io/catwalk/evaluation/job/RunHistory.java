package io.catwalk.evaluation.job;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.catwalk.chassis.runs.RunEpochs;
import io.catwalk.evaluation.report.CurvePoint;
import io.catwalk.evaluation.report.Split;
import io.catwalk.events.request.TrainingRequest;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.Retry;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.journal.job.JobFailedException;
import io.catwalk.journal.job.Jobs;
import io.catwalk.journal.job.Termination;
import io.catwalk.objectstore.Name;
import io.catwalk.training.v1.EpochCompleted;
import io.catwalk.training.v1.Metrics;
import io.catwalk.training.v1.TrainingRequested;

/** A run's training history from its journal. */
final class RunHistory {
    private final Jobs runs;

    RunHistory(Jobs runs) {
        this.runs = runs;
    }

    /**
     * @throws JobFailedException when the bucket has no such run, for example as events come from another installation
     * @throws UnknownEntryException when a later release wrote it
     */
    SeedAndCurve read(Name runId, Retry retry) throws JobFailedException, InterruptedException {
        List<Numbered> history = retry.untilAnswered(() -> runs.history(runId));
        TrainingRequested request = RunEpochs.request(history)
                .orElseThrow(() -> new JobFailedException(
                        new Termination.Failed("run " + runId + " has no journal with a request in this bucket")));
        List<EpochCompleted> epochs = retry.untilAnswered(() -> RunEpochs.of(history, runs::history));
        return new SeedAndCurve(
                TrainingRequest.from(request, runId.value()).seed(),
                epochs.stream().flatMap(RunHistory::points).toList());
    }

    private static Stream<CurvePoint> points(EpochCompleted epoch) {
        List<CurvePoint> points = new ArrayList<>();
        points.add(point(epoch, Split.TRAIN, epoch.getTrain()));
        points.add(point(epoch, Split.VALIDATION, epoch.getValidation()));
        if (epoch.hasTest()) {
            points.add(point(epoch, Split.TEST, epoch.getTest()));
        }
        return points.stream();
    }

    private static CurvePoint point(EpochCompleted epoch, Split split, Metrics metrics) {
        return new CurvePoint(epoch.getEpoch(), split, metrics.getLoss(), metrics.getAccuracy());
    }

    /**
     * @param seed of the weights and the data order
     * @param curve by epoch and split
     */
    record SeedAndCurve(long seed, List<CurvePoint> curve) {
        SeedAndCurve {
            curve = List.copyOf(curve);
        }
    }
}
