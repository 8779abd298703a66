package io.catwalk.training.run;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.catwalk.chassis.datasets.DatasetStore;
import io.catwalk.chassis.datasets.LocalDatasets;
import io.catwalk.chassis.errors.ErrorCategory;
import io.catwalk.chassis.errors.InsufficientMemoryException;
import io.catwalk.dataset.CorruptDatasetException;
import io.catwalk.dataset.Dataset;
import io.catwalk.dataset.DatasetManifest;
import io.catwalk.dataset.MappedDataset;
import io.catwalk.dataset.Splits;
import io.catwalk.events.request.TrainingRequest;
import io.catwalk.journal.Event;
import io.catwalk.journal.Failpoint;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.job.Conclusion;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobFailedException;
import io.catwalk.journal.job.JobHandler;
import io.catwalk.journal.job.JobResult;
import io.catwalk.journal.job.Lease;
import io.catwalk.journal.job.LeaseEndedException;
import io.catwalk.journal.job.Readiness;
import io.catwalk.journal.job.Termination;
import io.catwalk.network.export.SavedModelExport;
import io.catwalk.network.export.onnx.OnnxExport;
import io.catwalk.network.training.TrainingSession;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.CorruptBlobException;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.training.checkpoint.CheckpointFolder;
import io.catwalk.training.checkpoint.StoredCheckpoint;
import io.catwalk.training.device.TrainingDevice;
import io.catwalk.training.loop.DivergedException;
import io.catwalk.training.loop.LoopProgress;
import io.catwalk.training.plan.RequestedNetwork;
import io.catwalk.training.v1.FailureKind;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/** Runs as jobs: which may begin, the work on one, and how it ends. */
public final class RunHandler implements JobHandler {
    private final ObjectStore store;
    private final Blobs blobs;
    private final DatasetStore datasets;
    private final LocalDatasets local;
    private final Function<Name, Optional<Job>> runs;
    private final OriginChain origins;
    private final RunEvents events;
    private final RunObserver observer;
    private final TrainingDevice device;
    private final LongSupplier nanoTime;
    private final Map<Digest, DatasetManifest> manifests = new ConcurrentHashMap<>();

    RunHandler(RunStores stores, RunEvents events, RunObserver observer, TrainingDevice device, LongSupplier nanoTime) {
        this.store = stores.store();
        this.blobs = stores.blobs();
        this.datasets = stores.datasets();
        this.local = stores.local();
        this.runs = stores.runs();
        this.origins = new OriginChain(runs);
        this.events = events;
        this.observer = observer;
        this.device = device;
        this.nanoTime = nanoTime;
    }

    /**
     * Where runs find and keep things.
     *
     * @param local where datasets are while they are trained on
     * @param runs other runs by their ids
     */
    record RunStores(
            ObjectStore store,
            Blobs blobs,
            DatasetStore datasets,
            LocalDatasets local,
            Function<Name, Optional<Job>> runs) {}

    @Override
    public JobKind kind() {
        return JobKind.RUN;
    }

    @Override
    public Optional<Duration> deadline(Job job) {
        return RunRequests.of(job).flatMap(TrainingRequest::deadline);
    }

    @Override
    public Readiness readiness(Job job) {
        TrainingRequest request = RunRequests.of(job).orElseThrow();
        Optional<String> refusal = device.refusal();
        if (refusal.isPresent()) {
            return new Readiness.Waiting(refusal.get());
        }
        try {
            RequestedNetwork.of(request);
            Optional<RunState> begun = RunState.of(job);
            return begun.isPresent()
                    ? ready(job, plan(request, Digest.parse(begun.get().datasetDigest())), begun.get())
                    : begin(job, request);
        } catch (CorruptBlobException | CorruptDatasetException e) {
            return new Readiness.Unmeetable(unreadable(request, e));
        } catch (RuntimeException e) {
            if (ErrorCategory.of(e).endsJob()) {
                return new Readiness.Unmeetable(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    @Override
    public Conclusion work(Lease lease) throws LeaseEndedException, JobFailedException, InterruptedException {
        TrainingRequest request = RunRequests.of(lease.job()).orElseThrow();
        RunState claimed = RunState.of(lease.job()).orElseThrow();
        Digest digest = Digest.parse(claimed.datasetDigest());
        RunPlan plan = read(lease, request, () -> plan(request, digest));
        try (MappedDataset mapped =
                read(lease, request, () -> local.load(digest, () -> copied(lease, plan, claimed)))) {
            return work(lease, plan, claimed, mapped.dataset());
        }
    }

    private Conclusion work(Lease lease, RunPlan plan, RunState claimed, Dataset dataset)
            throws LeaseEndedException, JobFailedException, InterruptedException {
        TrainingRequest request = plan.request();
        RunFolders folders =
                new RunFolders(new CheckpointFolder(store, lease.id()), new RunEventFiles(store, lease, dataset));
        RunWork work = new RunWork(lease, plan, folders, events, observer, nanoTime);
        Splits splits = dataset.splits();
        try (TrainingSession session =
                device.open(plan.network(), plan.hyperparameters(), request.seed(), splits.train())) {
            observer.workBegun(request, device.environment().device());
            return succeeded(lease, plan, work.train(session, splits, claimed));
        } catch (DivergedException e) {
            return failed(
                    lease.job(),
                    JobResult.Outcome.FAILED,
                    FailureKind.FAILURE_KIND_DIVERGED,
                    String.valueOf(e.getMessage()));
        } catch (TFResourceExhaustedException e) {
            throw new InsufficientMemoryException(
                    "the trainer's %s has too little memory for network %s and batchSize %d; a smaller batchSize needs less"
                            .formatted(
                                    device.environment().device(),
                                    plan.network().name(),
                                    plan.loop().batchSize()),
                    e);
        }
    }

    @Override
    public Conclusion conclude(Lease lease, Termination ending) {
        JobResult.Outcome outcome =
                ending instanceof Termination.Cancelled ? JobResult.Outcome.CANCELLED : JobResult.Outcome.FAILED;
        return failed(lease.job(), outcome, RunEvents.kind(ending), ending.reason());
    }

    private Readiness begin(Job job, TrainingRequest request) {
        origins.requireEnd(request);
        return DatasetChoice.of(request.dataset(), datasets).readiness(manifest -> begin(job, plan(request, manifest)));
    }

    private Readiness begin(Job job, RunPlan plan) {
        return OriginChoice.of(plan.request(), runs).readiness(origin -> begin(job, plan, origin));
    }

    private Readiness begin(Job job, RunPlan plan, Optional<Origin> origin) {
        origin.flatMap(Origin::resumed).ifPresent(last -> plan.requireAtLeast(last.epoch()));
        return ready(job, plan, RunState.begin(plan.dataset().toString(), plan.stepsPerEpoch(), origin));
    }

    private RunPlan plan(TrainingRequest request, Digest dataset) {
        return RunPlan.of(request, dataset, manifests.computeIfAbsent(dataset, datasets::manifest));
    }

    private Readiness ready(Job job, RunPlan plan, RunState state) {
        Event started = events.started(plan, job.fold().attempts() + 1, resumedAt(state), device.environment());
        // A retry of what has just failed isn't published again.
        boolean news = job.fold().failures().isEmpty();
        return new Readiness.Ready(JournalJson.tree(state), Optional.of(started).filter(event -> news));
    }

    private static <T> T read(Lease lease, TrainingRequest request, Supplier<T> reading)
            throws JobFailedException, InterruptedException {
        try {
            return lease.retry().untilAnswered(reading);
        } catch (CorruptBlobException | CorruptDatasetException e) {
            throw new JobFailedException(new Termination.Failed(unreadable(request, e)));
        }
    }

    /** Shows where training will begin. */
    private static void copied(Lease lease, RunPlan plan, RunState claimed) {
        int epochs = plan.loop().epochs();
        long step = resumedAt(claimed);
        lease.advanced(JournalJson.tree(new LoopProgress(
                step,
                (long) epochs * plan.stepsPerEpoch(),
                (int) Math.min(epochs, 1 + step / plan.stepsPerEpoch()),
                epochs,
                0,
                0,
                0,
                OptionalDouble.empty())));
    }

    private static long resumedAt(RunState state) {
        return state.newest().map(StoredCheckpoint::step).orElseGet(state::stepOfOrigin);
    }

    private Digest put(Lease lease, RunWork.Trained trained, byte[] content) throws InterruptedException {
        return lease.retry().untilAnswered(() -> {
            lease.advanced(JournalJson.tree(trained.progress()));
            return blobs.put(content);
        });
    }

    private Conclusion succeeded(Lease lease, RunPlan plan, RunWork.Trained trained) throws InterruptedException {
        Failpoint.reach("model.put.before");
        Digest archive = put(lease, trained, SavedModelExport.archive(plan.network(), trained.weights()));
        Digest onnx = put(lease, trained, OnnxExport.model(plan.network(), trained.weights()));
        Failpoint.reach("model.put.after");
        TrainedModel model = new TrainedModel(
                archive.toString(),
                Optional.of(onnx.toString()),
                Digest.of(trained.weights().toBytes()).toString());
        RunState state = trained.state().withModel(model);
        return new Conclusion(
                JobResult.succeeded(),
                JournalJson.tree(state),
                Optional.of(events.completed(
                        plan,
                        lease.job().fold().requestDigest(),
                        trained.ofModel(),
                        state.epochs(),
                        model,
                        trained.seconds())));
    }

    private Conclusion failed(Job job, JobResult.Outcome outcome, FailureKind kind, String reason) {
        return new Conclusion(
                new JobResult(outcome, reason), job.fold().state(), Optional.of(events.failed(job, kind, reason)));
    }

    private static String unreadable(TrainingRequest request, RuntimeException why) {
        return "dataset " + request.dataset() + " can't be read: " + why.getMessage();
    }
}
