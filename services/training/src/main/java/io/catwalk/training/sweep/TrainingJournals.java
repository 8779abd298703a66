package io.catwalk.training.sweep;

import io.catwalk.chassis.events.PublishedJournals;
import io.catwalk.chassis.events.Republisher;
import io.catwalk.chassis.events.Republisher.JournalEvent;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.journal.job.Jobs;
import io.catwalk.objectstore.Name;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The journals of runs and sweeps, of which only the results are published again. */
@Singleton
class TrainingJournals implements PublishedJournals {
    private final JobService runs;
    private final Sweeps sweeps;

    @Inject
    TrainingJournals(JobService runs, Sweeps sweeps) {
        this.runs = runs;
        this.sweeps = sweeps;
    }

    @Override
    public void republish(Republisher republisher) throws InterruptedException {
        republish(runs.jobs(), republisher);
        republish(sweeps.jobs().jobs(), republisher);
    }

    private static void republish(Jobs jobs, Republisher republisher) throws InterruptedException {
        for (Name id : jobs.ids()) {
            republisher.publish(
                    jobs.kind().folder() + "/" + id,
                    () -> jobs.result(id).stream().flatMap(JournalEvent::of));
        }
    }
}
