package io.catwalk.training.run;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.catwalk.chassis.datasets.DatasetStore;
import io.catwalk.chassis.datasets.LocalDatasets;
import io.catwalk.chassis.errors.ErrorCategory;
import io.catwalk.events.request.TrainingRequest;
import io.catwalk.journal.Event;
import io.catwalk.journal.job.JobObserver;
import io.catwalk.journal.job.JobRunner;
import io.catwalk.journal.job.JobSettings;
import io.catwalk.journal.job.Jobs;
import io.catwalk.network.environment.RuntimeEnvironment;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.training.data.StoredDatasets;
import io.catwalk.training.device.DevicePolicy;
import io.catwalk.training.device.ResidencePolicy;
import io.catwalk.training.device.TrainingDevice;
import io.catwalk.training.device.TrainingDevice.Residence;
import io.catwalk.training.loop.EpochFigures;
import io.catwalk.training.loop.LoopProgress;
import org.slf4j.LoggerFactory;

/** A trainer without Kafka and HTTP: it keeps what it publishes. */
public final class Trainer {
    public static final JobSettings SETTINGS =
            new JobSettings(1, Duration.ofMillis(40), 5, 3, 4, Duration.ofMinutes(5));

    private final Jobs jobs;
    private final RunHandler handler;
    private final JobRunner runner;
    private final List<JournalEvent> published = new CopyOnWriteArrayList<>();
    private volatile Consumer<EpochFigures> onEpoch = figures -> {};

    public record JournalEvent(String id, Event event) {}

    public Trainer(ObjectStore store, String name) {
        this(store, name, new Residence(ResidencePolicy.AUTO, 8));
    }

    Trainer(ObjectStore store, String name, Residence residence) {
        jobs = new Jobs(store, JobKind.RUN, name, SETTINGS.retry());
        DatasetStore datasets = new StoredDatasets(store).datasets();
        handler = new RunHandler(
                new RunHandler.RunStores(
                        store,
                        new Blobs(store),
                        datasets,
                        new LocalDatasets(datasets, Path.of("target", "datasets")),
                        jobs::find),
                new RunEvents(InstantSource.system(), name),
                observer(),
                new TrainingDevice(DevicePolicy.AUTO, residence, RuntimeEnvironment::detect),
                System::nanoTime);
        runner = new JobRunner(
                jobs,
                handler,
                (id, event) -> CompletableFuture.completedFuture(published.add(new JournalEvent(id, event))),
                SETTINGS,
                JobObserver.NONE,
                failure -> ErrorCategory.shown(failure, LoggerFactory.getLogger(Trainer.class)),
                () -> {});
    }

    public Trainer start() {
        runner.start();
        return this;
    }

    public void stop() throws InterruptedException {
        runner.stop();
    }

    public Jobs jobs() {
        return jobs;
    }

    RunHandler handler() {
        return handler;
    }

    /** Called on the training thread. */
    public void onEpoch(Consumer<EpochFigures> listener) {
        onEpoch = listener;
    }

    public List<JournalEvent> published() {
        return List.copyOf(published);
    }

    public List<String> types() {
        return published.stream().map(each -> each.event().type()).toList();
    }

    private RunObserver observer() {
        return new RunObserver() {
            @Override
            public void workBegun(TrainingRequest request, String device) {}

            @Override
            public void progressed(TrainingRequest request, LoopProgress progress) {}

            @Override
            public void epochDone(TrainingRequest request, EpochFigures figures) {
                onEpoch.accept(figures);
            }

            @Override
            public void workEnded(TrainingRequest request) {}
        };
    }
}
