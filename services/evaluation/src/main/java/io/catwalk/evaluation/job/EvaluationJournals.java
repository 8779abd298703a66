package io.catwalk.evaluation.job;

import java.util.stream.Stream;

import io.catwalk.chassis.events.PublishedJournals;
import io.catwalk.chassis.events.Republisher;
import io.catwalk.chassis.events.Republisher.JournalEvent;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.evaluation.rollout.Rollouts;
import io.catwalk.journal.Event;
import io.catwalk.journal.job.Jobs;
import io.catwalk.objectstore.Name;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The journals of evaluations, rollouts and labels. */
@Singleton
class EvaluationJournals implements PublishedJournals {
    private final JobService jobs;
    private final Rollouts rollouts;
    private final Registry registry;

    @Inject
    EvaluationJournals(JobService jobs, Rollouts rollouts, Registry registry) {
        this.jobs = jobs;
        this.rollouts = rollouts;
        this.registry = registry;
    }

    @Override
    public void republish(Republisher republisher) throws InterruptedException {
        republish(jobs.jobs(), republisher);
        republish(rollouts.jobs().jobs(), republisher);
        for (Name model : registry.models()) {
            for (Name label : registry.labels(model)) {
                republisher.publish(
                        "models/" + model + "/labels/" + label,
                        () -> registry.labelJournal(model, label).entries().stream()
                                .flatMap(JournalEvent::of));
            }
        }
    }

    private static void republish(Jobs jobs, Republisher republisher) throws InterruptedException {
        for (Name id : jobs.ids()) {
            republisher.publish(jobs.kind().folder() + "/" + id, () -> ownEvents(jobs, id));
        }
    }

    /** The job's own events; its decisions come with the label journals. */
    private static Stream<JournalEvent> ownEvents(Jobs jobs, Name id) {
        return jobs.history(id).stream()
                .filter(entry -> entry.entry().event().flatMap(Event::id).isEmpty())
                .flatMap(JournalEvent::of);
    }
}
