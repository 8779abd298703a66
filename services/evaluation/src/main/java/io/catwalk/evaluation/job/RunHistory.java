package io.catwalk.evaluation.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Message;
import io.catwalk.evaluation.report.CurvePoint;
import io.catwalk.evaluation.report.Split;
import io.catwalk.events.BadEventException;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.events.request.TrainingRequest;
import io.catwalk.journal.Event;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.Retry;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.journal.job.Ending;
import io.catwalk.journal.job.JobFailedException;
import io.catwalk.journal.job.JobFold;
import io.catwalk.journal.job.Jobs;
import io.catwalk.objectstore.Name;
import io.catwalk.training.v1.EpochCompleted;
import io.catwalk.training.v1.Metrics;

/** What a run's journal says of how its model came about. */
final class RunHistory {
    private final Jobs runs;

    RunHistory(Jobs runs) {
        this.runs = runs;
    }

    /**
     * @throws JobFailedException when the bucket has no such run, as when events come from another installation's
     * @throws UnknownEntryException when a later release wrote it
     */
    Told read(Name runId, Retry retry) throws JobFailedException, InterruptedException {
        List<Numbered> history = retry.untilAnswered(() -> runs.history(runId));
        return new Told(request(runId, history).seed(), curve(history));
    }

    private static TrainingRequest request(Name runId, List<Numbered> history) throws JobFailedException {
        Optional<JsonNode> request = history.isEmpty()
                ? Optional.empty()
                : JournalJson.record(history.getLast().entry().fold(), JobFold.class)
                        .request();
        if (request.isEmpty()) {
            throw new JobFailedException(
                    new Ending.Failed("run " + runId + " has no journal with a request in this bucket"));
        }
        return TrainingRequest.from(
                payload(EventType.TRAINING_REQUESTED, request.get().toString()), runId.value());
    }

    private static List<CurvePoint> curve(List<Numbered> history) {
        return history.stream()
                .flatMap(entry -> entry.entry().event().stream())
                .filter(event -> event.type().equals(EventType.EPOCH_COMPLETED.topic()))
                .flatMap(RunHistory::points)
                .toList();
    }

    private static Stream<CurvePoint> points(Event event) {
        EpochCompleted epoch = payload(EventType.EPOCH_COMPLETED, event.body().toString());
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

    private static <M extends Message> M payload(EventType<M> type, String json) {
        try {
            return EventJson.fromJson(type, json);
        } catch (BadEventException e) {
            throw new UnknownEntryException("not a payload of " + type + ": " + e.getMessage(), e);
        }
    }

    /**
     * @param seed of the weights and the data order
     * @param curve by epoch and split
     */
    record Told(long seed, List<CurvePoint> curve) {
        Told {
            curve = List.copyOf(curve);
        }
    }
}
