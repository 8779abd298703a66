package io.catwalk.chassis.events;

import io.catwalk.access.Role;
import io.catwalk.chassis.events.Republisher.Republished;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Republishes what a service's journals have decided, for topics that were lost. */
@Path("/republish")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Names.ADMIN)
public class RepublishResource {
    private final PublishedJournals journals;
    private final EventPublisher publisher;

    @Inject
    RepublishResource(PublishedJournals journals, EventPublisher publisher) {
        this.journals = journals;
        this.publisher = publisher;
    }

    @POST
    @Operation(
            summary = "Republish every result and decision",
            description =
                    "Each under the id and with the content that it had the first time, in the order of its journal.")
    @APIResponse(
            responseCode = "200",
            description = "All that can be read are published; the field published counts them")
    @APIResponse(responseCode = "503", description = "The broker or the store can't be reached; some may be published")
    public Republished republish() throws InterruptedException {
        Republisher republisher = new Republisher(publisher);
        journals.republish(republisher);
        return republisher.outcome();
    }
}
