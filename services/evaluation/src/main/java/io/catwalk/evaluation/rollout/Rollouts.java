package io.catwalk.evaluation.rollout;

import io.catwalk.chassis.jobs.JobService;
import io.catwalk.chassis.jobs.JobServices;
import io.catwalk.evaluation.rollout.job.RolloutHandler;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Rollouts as this process's jobs, beside its evaluations. They wait for most of their time, so they need no slot. */
@Singleton
public class Rollouts {
    private final JobService jobs;

    @Inject
    Rollouts(JobServices services, RolloutHandler handler) {
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
