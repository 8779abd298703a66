package io.catwalk.evaluation;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import com.google.protobuf.Message;
import io.catwalk.chassis.datasets.DatasetStore;
import io.catwalk.chassis.datasets.LocalDatasets;
import io.catwalk.chassis.events.JournalEvents;
import io.catwalk.evaluation.job.EvaluationHandler;
import io.catwalk.evaluation.job.EvaluationMetrics;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.events.RequestDigest;
import io.catwalk.journal.Asker;
import io.catwalk.journal.Draft;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.Event;
import io.catwalk.journal.EventSink;
import io.catwalk.journal.FlakyStore;
import io.catwalk.journal.Journal;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.job.Acceptance;
import io.catwalk.journal.job.FailureText;
import io.catwalk.journal.job.JobHandler;
import io.catwalk.journal.job.JobObserver;
import io.catwalk.journal.job.JobRunner;
import io.catwalk.journal.job.JobSettings;
import io.catwalk.journal.job.Jobs;
import io.catwalk.modelarchives.ModelSource;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.training.v1.EpochCompleted;
import io.catwalk.training.v1.Gate;
import io.catwalk.training.v1.Metrics;
import io.catwalk.training.v1.TrainingCompleted;
import io.catwalk.training.v1.TrainingRequested;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** A bucket with a dataset and trained runs, and evaluators that work on it. */
public final class Installation {
    public static final Name MODEL = new Name("fashion");
    public static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");
    public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    public static final JobSettings SETTINGS =
            new JobSettings(1, Duration.ofMillis(10), 6, 1000, Duration.ofMinutes(5));

    private final ObjectStore store;
    private final Blobs blobs;
    private final Jobs evaluations;
    private final Digest dataset;
    private final MeterRegistry meters = new SimpleMeterRegistry();

    public Installation() {
        this(new InMemoryObjectStore(InstantSource.system()));
    }

    /** In a bucket of somebody else. */
    public Installation(ObjectStore store) {
        this.store = store;
        this.blobs = new Blobs(store);
        this.evaluations = new Jobs(store, JobKind.EVALUATION, "client", SETTINGS.retry());
        this.dataset = TinyDataset.store(datasets(store), blobs);
    }

    public ObjectStore store() {
        return store;
    }

    public Blobs blobs() {
        return blobs;
    }

    public MeterRegistry meters() {
        return meters;
    }

    /** The evaluations as a client sees them. */
    public Jobs evaluations() {
        return evaluations;
    }

    /** The registry as somebody else sees it. */
    public Registry registry() {
        return new Registry(store, "client", SETTINGS.retry());
    }

    public static DatasetStore datasets(ObjectStore store) {
        return new DatasetStore(store, new Blobs(store), "client", SETTINGS.retry());
    }

    public static LocalDatasets localDatasets(ObjectStore store) {
        return new LocalDatasets(datasets(store), Path.of("target", "datasets"));
    }

    public JobHandler handler(ObjectStore view, ModelSource models, String writer) {
        return new EvaluationHandler(
                new EvaluationHandler.Sources(
                        datasets(view),
                        localDatasets(view),
                        models,
                        new Jobs(view, JobKind.RUN, writer, SETTINGS.retry()),
                        new Blobs(view)),
                new Registry(view, writer, SETTINGS.retry()),
                new EvaluationMetrics(meters),
                CLOCK,
                7);
    }

    /** A replica that evaluates, on its own way to the store. */
    public JobRunner evaluator(ObjectStore view, JobHandler handler, String writer, EventSink topic) {
        Jobs jobs = new Jobs(view, JobKind.EVALUATION, writer, SETTINGS.retry());
        JobRunner runner = new JobRunner(
                jobs,
                handler,
                topic,
                SETTINGS,
                JobObserver.NONE,
                FailureText.OPAQUE,
                FlakyStore.supervisor(),
                () -> {});
        runner.start();
        return runner;
    }

    /** A run of two epochs that ended with this model. */
    public TrainingCompleted trained(String runId, Digest model) throws InterruptedException {
        return trained(runId, model, dataset);
    }

    public TrainingCompleted trained(String runId, Digest model, Digest onDataset) throws InterruptedException {
        TrainingRequested request = TrainingRequested.newBuilder()
                .setRunId(runId)
                .setDataset("clothes")
                .setModel(MODEL.value())
                .setSeed(7)
                .build();
        Name id = new Name(runId);
        new Jobs(store, JobKind.RUN, "trainer", SETTINGS.retry())
                .accept(id, EventJson.tree(request), RequestDigest.of(request), Asker.within("a test"));
        for (int epoch = 1; epoch <= 2; epoch++) {
            append(id, epoch(runId, epoch));
        }
        return TrainingCompleted.newBuilder()
                .setRunId(runId)
                .setModel(MODEL.value())
                .setDataset("clothes")
                .setDatasetDigest(onDataset.toString())
                .setNetwork("tutorial-cnn")
                .setEpochs(2)
                .setParameters(42)
                .setModelDigest(model.toString())
                .setWeightsDigest(Digest.of(new byte[] {1}).toString())
                .setRequestDigest(RequestDigest.of(request))
                .setPublish(true)
                .setGate(Gate.newBuilder().setMaxRegression(0.1).setMinTestAccuracy(0.5))
                .build();
    }

    public Acceptance accept(TrainingCompleted training) throws InterruptedException {
        return evaluations.accept(
                new Name(training.getRunId()),
                EventJson.tree(training),
                RequestDigest.of(training),
                Asker.within("a test"));
    }

    /** The payload of a published event. */
    public static <M extends Message> M payload(EventType<M> type, Event event) {
        M payload = EventJson.fromJson(type, event.body());
        type.check(payload);
        return payload;
    }

    private void append(Name runId, Event event) throws InterruptedException {
        Journal journal = new Journal(store, Artifacts.journal(JobKind.RUN, runId), "trainer", SETTINGS.retry());
        List<Numbered> soFar = journal.after(0);
        journal.append(
                soFar.size(),
                new Draft(
                        EntryKind.PROGRESS,
                        0,
                        Optional.of(event),
                        soFar.getLast().entry().fold()));
    }

    private static Event epoch(String runId, int epoch) {
        return JournalEvents.of(
                EventType.EPOCH_COMPLETED,
                NOW,
                EpochCompleted.newBuilder()
                        .setRunId(runId)
                        .setModel(MODEL.value())
                        .setEpoch(epoch)
                        .setEpochs(2)
                        .setTrain(metrics(0.5 / epoch))
                        .setValidation(metrics(0.6 / epoch))
                        .build());
    }

    private static Metrics metrics(double loss) {
        return Metrics.newBuilder().setLoss(loss).setAccuracy(1 - loss).build();
    }
}
