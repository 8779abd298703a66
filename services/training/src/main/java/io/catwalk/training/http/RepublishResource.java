package io.catwalk.training.http;

import io.catwalk.chassis.events.EventPublisher;
import io.catwalk.chassis.events.Republisher;
import io.catwalk.chassis.events.Republisher.JournalEvent;
import io.catwalk.chassis.events.Republisher.Republished;
import io.catwalk.chassis.jobs.JobService;
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

/** Republishes the results of runs and sweeps, for topics that were lost. */
@Path("/republish")
@Produces(MediaType.APPLICATION_JSON)
public class RepublishResource {
    private final JobService runs;
    private final Sweeps sweeps;
    private final EventPublisher publisher;

    @Inject
    RepublishResource(JobService runs, Sweeps sweeps, EventPublisher publisher) {
        this.runs = runs;
        this.sweeps = sweeps;
        this.publisher = publisher;
    }

    @POST
    @Operation(
            summary = "Republish the result of every run and sweep",
            description = "Each under the id and with the content that it had the first time.")
    @APIResponse(
            responseCode = "200",
            description = "All that can be read are published; the field published counts them")
    @APIResponse(responseCode = "503", description = "The broker or the store can't be reached; some may be published")
    public Republished republish() throws InterruptedException {
        Republisher republisher = new Republisher(publisher);
        republish(runs.jobs(), republisher);
        republish(sweeps.jobs().jobs(), republisher);
        return republisher.outcome();
    }

    private static void republish(Jobs jobs, Republisher republisher) throws InterruptedException {
        for (Name id : jobs.ids()) {
            republisher.publish(
                    jobs.kind().folder() + "/" + id,
                    () -> jobs.result(id).stream().flatMap(JournalEvent::of));
        }
    }
}
