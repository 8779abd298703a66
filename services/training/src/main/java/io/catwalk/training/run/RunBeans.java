package io.catwalk.training.run;

import java.time.Clock;

import io.catwalk.chassis.datasets.DatasetStore;
import io.catwalk.chassis.datasets.LocalDatasets;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.chassis.jobs.JobServices;
import io.catwalk.chassis.jobs.JobsConfig;
import io.catwalk.chassis.node.Node;
import io.catwalk.journal.job.Jobs;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.training.device.TrainingDevice;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Runs as this process's jobs, from its start to its end. */
@Singleton
class RunBeans {
    @Produces
    @Singleton
    RunHandler handler(
            ObjectStore store,
            Blobs blobs,
            DatasetStore datasets,
            Clock clock,
            Node node,
            JobsConfig config,
            RunConfig files,
            RunObserver observer,
            TrainingDevice device) {
        var runs = new Jobs(store, JobKind.RUN, node.writer(), config.settings().retry());
        return new RunHandler(
                new RunHandler.RunStores(
                        store,
                        blobs,
                        datasets,
                        new LocalDatasets(datasets, files.workFolder().resolve("datasets")),
                        runs::find),
                new RunEvents(clock, node.writer()),
                observer,
                device,
                System::nanoTime);
    }

    @Produces
    @Singleton
    JobService jobs(JobServices services, RunHandler handler) {
        return services.of(handler);
    }

    void start(@Observes StartupEvent event, JobService jobs) {
        jobs.start();
    }

    void stop(@Observes ShutdownEvent event, JobService jobs) throws InterruptedException {
        jobs.stop();
    }
}
