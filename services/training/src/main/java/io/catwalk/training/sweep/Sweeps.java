package io.catwalk.training.sweep;

import java.time.Clock;

import io.catwalk.chassis.datasets.DatasetStore;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.chassis.jobs.JobServices;
import io.catwalk.chassis.jobs.JobsConfig;
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
    Sweeps(JobServices services, JobsConfig config, DatasetStore datasets, JobService runs, Clock clock) {
        var handler = new SweepHandler(
                datasets,
                new TrialRuns(runs.jobs(), runs::nudge),
                new SweepEvents(clock),
                config.settings().poll());
        jobs = services.withoutSlots(handler);
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
