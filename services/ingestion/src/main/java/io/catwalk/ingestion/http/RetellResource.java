package io.catwalk.ingestion.http;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.catwalk.chassis.datasets.DatasetStore;
import io.catwalk.chassis.events.EventPublisher;
import io.catwalk.journal.Event;
import io.catwalk.journal.line.LineEntry;
import io.catwalk.objectstore.Name;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Tells again what the datasets' lines have decided, for topics that were lost. */
@Path("/retell")
@Produces(MediaType.APPLICATION_JSON)
class RetellResource {
    private static final long PATIENCE_SECONDS = 35;

    private final DatasetStore datasets;
    private final EventPublisher publisher;

    @Inject
    RetellResource(DatasetStore datasets, EventPublisher publisher) {
        this.datasets = datasets;
        this.publisher = publisher;
    }

    @POST
    @Operation(
            summary = "Tell every decision again",
            description =
                    "Each under the id and with the content that it had the first time, in the order of its line.")
    @APIResponse(responseCode = "200", description = "All are told; told counts them")
    @APIResponse(responseCode = "503", description = "The broker or the store can't be reached; some may be told")
    Map<String, Integer> retell() throws InterruptedException {
        int told = 0;
        for (Name dataset : datasets.names()) {
            for (LineEntry entry : datasets.line(dataset).entries()) {
                Optional<Event> event = entry.event();
                if (event.isPresent()) {
                    tell(entry.eventId(), event.get());
                    told++;
                }
            }
        }
        return Map.of("told", told);
    }

    private void tell(String id, Event event) throws InterruptedException {
        try {
            publisher.tell(id, event).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            throw new ServiceUnavailableException("the broker has not acknowledged " + id + "; retell again");
        }
    }
}
