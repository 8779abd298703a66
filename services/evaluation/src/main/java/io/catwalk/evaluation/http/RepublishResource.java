package io.catwalk.evaluation.http;

import java.util.stream.Stream;

import io.catwalk.chassis.events.EventPublisher;
import io.catwalk.chassis.events.Republisher;
import io.catwalk.chassis.events.Republisher.JournalEvent;
import io.catwalk.chassis.events.Republisher.Republished;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.journal.Event;
import io.catwalk.objectstore.Name;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Republishes the results of evaluations and the decisions of label journals, for topics that were lost. */
@Path("/republish")
@Produces(MediaType.APPLICATION_JSON)
public class RepublishResource {
    private final JobService jobs;
    private final Registry registry;
    private final EventPublisher publisher;

    @Inject
    RepublishResource(JobService jobs, Registry registry, EventPublisher publisher) {
        this.jobs = jobs;
        this.registry = registry;
        this.publisher = publisher;
    }

    @POST
    @Operation(
            summary = "Publish every result and decision again",
            description = "Each under the id and with the content that it had the first time: evaluations' own events"
                    + " and published versions, then each label's journal in order.")
    @APIResponse(
            responseCode = "200",
            description = "All that can be read are published; the field published counts them")
    @APIResponse(responseCode = "503", description = "The broker or the store can't be reached; some may be published")
    public Republished republish() throws InterruptedException {
        Republisher republisher = new Republisher(publisher);
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
        return republisher.outcome();
    }

    /** The evaluation's own events; its decision comes with the label journal. */
    private Stream<JournalEvent> ownEvents(Name runId) {
        return jobs.jobs().history(runId).stream()
                .filter(entry -> entry.entry().event().flatMap(Event::id).isEmpty())
                .flatMap(JournalEvent::of);
    }
}
