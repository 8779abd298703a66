package io.catwalk.evaluation.http;

import java.util.stream.Stream;

import io.catwalk.chassis.events.EventPublisher;
import io.catwalk.chassis.events.Retelling;
import io.catwalk.chassis.events.Retelling.Retold;
import io.catwalk.chassis.events.Retelling.Told;
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

/** Tells again what evaluations found and what the labels' lines have decided, for topics that were lost. */
@Path("/retell")
@Produces(MediaType.APPLICATION_JSON)
public class RetellResource {
    private final JobService jobs;
    private final Registry registry;
    private final EventPublisher publisher;

    @Inject
    RetellResource(JobService jobs, Registry registry, EventPublisher publisher) {
        this.jobs = jobs;
        this.registry = registry;
        this.publisher = publisher;
    }

    @POST
    @Operation(
            summary = "Tell every result and decision again",
            description = "Each under the id and with the content that it had the first time: evaluations' own events"
                    + " and published versions, then each label's line in its order.")
    @APIResponse(responseCode = "200", description = "All that can be read are told; told counts them")
    @APIResponse(responseCode = "503", description = "The broker or the store can't be reached; some may be told")
    public Retold retell() throws InterruptedException {
        Retelling retelling = new Retelling(publisher);
        for (Name runId : jobs.jobs().ids()) {
            retelling.tell("evaluations/" + runId, () -> ownEvents(runId));
        }
        for (Name model : registry.models()) {
            for (Name label : registry.labels(model)) {
                retelling.tell(
                        "models/" + model + "/labels/" + label,
                        () -> registry.line(model, label).entries().stream().flatMap(Told::of));
            }
        }
        return retelling.outcome();
    }

    /** The evaluation's own events; its line's entry comes with the line. */
    private Stream<Told> ownEvents(Name runId) {
        return jobs.jobs().history(runId).stream()
                .filter(entry -> entry.entry().event().flatMap(Event::id).isEmpty())
                .flatMap(Told::of);
    }
}
