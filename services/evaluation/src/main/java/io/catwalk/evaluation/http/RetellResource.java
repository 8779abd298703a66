package io.catwalk.evaluation.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.catwalk.chassis.events.EventPublisher;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.journal.Event;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.line.LineEntry;
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
    @APIResponse(responseCode = "200", description = "All are told; told counts them")
    @APIResponse(responseCode = "503", description = "The broker or the store can't be reached; some may be told")
    public Map<String, Integer> retell() throws InterruptedException {
        int told = 0;
        for (Name runId : jobs.jobs().ids()) {
            told += retellEvaluation(jobs.jobs().history(runId));
        }
        for (Name model : registry.models()) {
            for (Name label : registry.labels(model)) {
                told += retellLine(registry.line(model, label).entries());
            }
        }
        return Map.of("told", told);
    }

    /** The evaluation's own events; its line's entry comes with the line. */
    private int retellEvaluation(List<Numbered> history) throws InterruptedException {
        int told = 0;
        for (Numbered entry : history) {
            Optional<Event> own =
                    entry.entry().event().filter(event -> event.id().isEmpty());
            if (own.isPresent()) {
                publisher.tellNow(entry.eventId(), own.get());
                told++;
            }
        }
        return told;
    }

    private int retellLine(List<LineEntry> line) throws InterruptedException {
        int told = 0;
        for (LineEntry entry : line) {
            if (entry.event().isPresent()) {
                publisher.tellNow(entry.eventId(), entry.event().get());
                told++;
            }
        }
        return told;
    }
}
