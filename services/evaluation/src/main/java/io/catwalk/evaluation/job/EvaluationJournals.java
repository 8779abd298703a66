package io.catwalk.evaluation.job;

import java.util.stream.Stream;

import io.catwalk.chassis.events.PublishedJournals;
import io.catwalk.chassis.events.Republisher;
import io.catwalk.chassis.events.Republisher.JournalEvent;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.journal.Event;
import io.catwalk.objectstore.Name;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The journals of evaluations and of labels. */
@Singleton
class EvaluationJournals implements PublishedJournals {
    private final JobService jobs;
    private final Registry registry;

    @Inject
    EvaluationJournals(JobService jobs, Registry registry) {
        this.jobs = jobs;
        this.registry = registry;
    }

    @Override
    public void republish(Republisher republisher) throws InterruptedException {
        for (Name runId : jobs.jobs().ids()) {
            republisher.publish("evaluations/" + runId, () -> ownEvents(runId));
        }
        for (Name model : registry.models()) {
            for (Name label : registry.labels(model)) {
                republisher.publish(
                        "models/" + model + "/labels/" + label,
                        () -> registry.labelJournal(model, label).entries().stream()
                                .flatMap(JournalEvent::of));
            }
        }
    }

    /** The evaluation's own events; its decision comes with the label journal. */
    private Stream<JournalEvent> ownEvents(Name runId) {
        return jobs.jobs().history(runId).stream()
                .filter(entry -> entry.entry().event().flatMap(Event::id).isEmpty())
                .flatMap(JournalEvent::of);
    }
}
