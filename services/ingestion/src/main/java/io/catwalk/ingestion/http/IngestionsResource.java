package io.catwalk.ingestion.http;

import java.util.Optional;

import io.catwalk.chassis.jobs.JobService;
import io.catwalk.journal.job.Job;
import io.catwalk.objectstore.Name;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The ingestions. */
@Path("/ingestions")
@Produces(MediaType.APPLICATION_JSON)
class IngestionsResource {
    private final JobService jobs;

    @Inject
    IngestionsResource(JobService jobs) {
        this.jobs = jobs;
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "How far an ingestion has got, or what came of it")
    @APIResponse(responseCode = "404", description = "No such ingestion was accepted (yet)")
    IngestionAnswer ingestion(@PathParam("id") String id) {
        Optional<Job> job = Name.isValid(id) ? jobs.jobs().find(new Name(id)) : Optional.empty();
        return job.map(known -> IngestionAnswer.of(known, jobs.progress(known)))
                .orElseThrow(() -> new NotFoundException("no ingestion has that id"));
    }
}
