package io.catwalk.ingestion.http;

import io.catwalk.chassis.datasets.DatasetStore;
import io.catwalk.chassis.events.EventPublisher;
import io.catwalk.chassis.events.Republisher;
import io.catwalk.chassis.events.Republisher.JournalEvent;
import io.catwalk.chassis.events.Republisher.Republished;
import io.catwalk.objectstore.Name;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Republishes what the datasets' decision journals hold, for topics that were lost. */
@Path("/republish")
@Produces(MediaType.APPLICATION_JSON)
public class RepublishResource {
    private final DatasetStore datasets;
    private final EventPublisher publisher;

    @Inject
    RepublishResource(DatasetStore datasets, EventPublisher publisher) {
        this.datasets = datasets;
        this.publisher = publisher;
    }

    @POST
    @Operation(
            summary = "Republish every decision",
            description =
                    "Each under the id and with the content that it had the first time, in the order of its journal.")
    @APIResponse(
            responseCode = "200",
            description = "All that can be read are published; the field published counts them")
    @APIResponse(responseCode = "503", description = "The broker or the store can't be reached; some may be published")
    public Republished republish() throws InterruptedException {
        Republisher republisher = new Republisher(publisher);
        for (Name dataset : datasets.names()) {
            republisher.publish(
                    "datasets/" + dataset,
                    () -> datasets.journal(dataset).entries().stream().flatMap(JournalEvent::of));
        }
        return republisher.outcome();
    }
}
