package io.catwalk.training.http;

import java.util.Map;
import java.util.Optional;

import io.catwalk.chassis.events.EventPublisher;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.journal.Event;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.job.Jobs;
import io.catwalk.objectstore.Name;
import io.catwalk.training.sweep.Sweeps;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Tells the results of runs and sweeps again, for topics that were lost. */
@Path("/retell")
@Produces(MediaType.APPLICATION_JSON)
public class RetellResource {
    private final JobService runs;
    private final Sweeps sweeps;
    private final EventPublisher publisher;

    @Inject
    RetellResource(JobService runs, Sweeps sweeps, EventPublisher publisher) {
        this.runs = runs;
        this.sweeps = sweeps;
        this.publisher = publisher;
    }

    @POST
    @Operation(
            summary = "Tell the result of every run and sweep again",
            description = "Each under the id and with the content that it had the first time.")
    @APIResponse(responseCode = "200", description = "All are told; told counts them")
    @APIResponse(responseCode = "503", description = "The broker or the store can't be reached; some may be told")
    public Map<String, Integer> retell() throws InterruptedException {
        return Map.of("told", retell(runs.jobs()) + retell(sweeps.jobs().jobs()));
    }

    private int retell(Jobs jobs) throws InterruptedException {
        int told = 0;
        for (Name id : jobs.ids()) {
            Optional<Numbered> result = jobs.result(id);
            Optional<Event> event = result.flatMap(entry -> entry.entry().event());
            if (event.isPresent()) {
                publisher.tellNow(result.orElseThrow().eventId(), event.get());
                told++;
            }
        }
        return told;
    }
}
