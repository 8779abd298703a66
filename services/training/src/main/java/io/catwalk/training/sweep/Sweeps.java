package io.catwalk.training.sweep;

import java.time.Clock;

import io.catwalk.chassis.datasets.DatasetStore;
import io.catwalk.chassis.events.EventPublisher;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.chassis.jobs.JobsConfig;
import io.catwalk.chassis.node.Node;
import io.catwalk.chassis.store.StoreCheck;
import io.catwalk.objectstore.ObjectStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Sweeps as this process's jobs, beside its runs. */
@Singleton
public class Sweeps {
    private final JobService jobs;

    @Inject
    Sweeps(
            ObjectStore store,
            StoreCheck storeCheck,
            Node node,
            JobsConfig config,
            EventPublisher publisher,
            DatasetStore datasets,
            JobService runs,
            Clock clock) {
        var handler = new SweepHandler(
                datasets,
                new TrialRuns(runs.jobs(), runs::nudge),
                new SweepEvents(clock),
                config.settings().poll());
        jobs = new JobService(store, storeCheck, node, config.settings().withoutSlots(), publisher, handler);
    }

    public JobService jobs() {
        return jobs;
    }

    void start(@Observes StartupEvent event) {
        jobs.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        jobs.stop();
    }
}
