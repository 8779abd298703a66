package io.catwalk.ingestion.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.access.Role;
import io.catwalk.chassis.jobs.JobConflicts;
import io.catwalk.chassis.jobs.JobDirectory.Listed;
import io.catwalk.chassis.jobs.JobLife;
import io.catwalk.chassis.jobs.JobRequests;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.chassis.jobs.PageRequest;
import io.catwalk.chassis.reading.Reading;
import io.catwalk.events.EventType;
import io.catwalk.objectstore.Name;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;

/** The ingestions. */
@Path("/ingestions")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Names.VIEWER)
public class IngestionsResource {
    private final JobService jobs;
    private final JobRequests requests;

    @Inject
    IngestionsResource(JobService jobs, JobRequests requests) {
        this.jobs = jobs;
        this.requests = requests;
    }

    @GET
    @Operation(
            summary = "Ingestions, the newest first",
            description = PageRequest.DESCRIPTION + " The reason of one that waits says what for.")
    @APIResponse(responseCode = "400", description = "The limit isn't 1 to 1000, or after isn't a page's")
    public RestResponse<List<IngestionAnswer>> all(
            @QueryParam("limit") Optional<String> limit, @QueryParam("after") Optional<String> after) {
        return PageRequest.of(limit, after).of("/ingestions", jobs.directory(), this::answer);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "How far an ingestion has got, what it waits for, or what came of it")
    @APIResponse(responseCode = "404", description = "No such ingestion was accepted (yet)")
    public IngestionAnswer ingestion(@PathParam("id") String id) {
        Listed listed = listed(id);
        return Reading.of(() -> answer(listed)).orElse(reason -> IngestionAnswer.unreadable(listed, reason));
    }

    @POST
    @RolesAllowed(Role.Names.OPERATOR)
    @Path("/{id}/cancel")
    @Operation(
            summary = "Ask for an ingestion's end",
            description = "The body may give a reason: {\"reason\": \"..\"}.")
    @APIResponse(responseCode = "202", description = "The request is on its topic")
    @APIResponse(responseCode = "404", description = "No ingestion has this id")
    @APIResponse(responseCode = "409", description = "The ingestion has ended, or can't be read")
    @APIResponse(responseCode = "503", description = "The broker hasn't acknowledged it; it may yet take effect")
    public Response cancel(@PathParam("id") String id, byte[] body) throws InterruptedException {
        Listed listed = listed(id);
        Name name = listed.id();
        JobConflicts.requireOpen("ingestion", listed);
        requests.cancel(EventType.DATASET_CANCEL_REQUESTED, name, body);
        return Response.accepted(Map.of("ingestionId", id, "links", IngestionAnswer.links(name)))
                .build();
    }

    private Listed listed(String id) {
        Optional<Listed> job = Name.isValid(id) ? jobs.directory().find(new Name(id)) : Optional.empty();
        return job.orElseThrow(() -> new NotFoundException("no ingestion has that id"));
    }

    private IngestionAnswer answer(Listed ingestion) {
        Optional<JsonNode> shown = ingestion
                .job()
                .filter(unused -> ingestion.life() == JobLife.RUNNING)
                .flatMap(jobs::progress);
        return IngestionAnswer.of(ingestion, shown);
    }
}
