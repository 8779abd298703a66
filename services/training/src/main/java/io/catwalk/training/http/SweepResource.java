package io.catwalk.training.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.catwalk.access.Role;
import io.catwalk.chassis.jobs.JobConflicts;
import io.catwalk.chassis.jobs.JobDirectory.Listed;
import io.catwalk.chassis.jobs.JobRequests;
import io.catwalk.chassis.jobs.PageRequest;
import io.catwalk.chassis.reading.Reading;
import io.catwalk.events.EventType;
import io.catwalk.objectstore.Name;
import io.catwalk.sweep.v1.SweepRequested;
import io.catwalk.training.sweep.SweepPlan;
import io.catwalk.training.sweep.Sweeps;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Sweeps. */
@Path("/sweeps")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Names.VIEWER)
public class SweepResource {
    private final Sweeps sweeps;
    private final JobRequests requests;

    @Inject
    SweepResource(Sweeps sweeps, JobRequests requests) {
        this.sweeps = sweeps;
        this.requests = requests;
    }

    @GET
    @Operation(
            summary = "Sweeps, the newest first, without their trials",
            description =
                    PageRequest.DESCRIPTION + " A request of more than 4096 characters is shown with its sweep alone.")
    @APIResponse(responseCode = "400", description = "The limit isn't 1 to 1000, or after isn't a page's")
    public RestResponse<List<SweepView>> all(
            @QueryParam("limit") Optional<String> limit, @QueryParam("after") Optional<String> after) {
        return PageRequest.of(limit, after).of("/sweeps", sweeps.jobs().directory(), SweepView::brief);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One sweep, its trials the best first")
    @APIResponse(responseCode = "404", description = "No sweep has this id")
    public SweepView one(@RestPath String id) {
        Listed sweep = sweep(name(id));
        return Reading.of(() -> SweepView.of(sweep)).orElse(reason -> SweepView.unreadable(sweep, reason));
    }

    @POST
    @RolesAllowed(Role.Names.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Ask for a sweep",
            description = "The body is a sweep-requested event's JSON; it is sent to that topic.")
    @APIResponse(
            responseCode = "202",
            description = "The request is on its topic and in its journal, under this sweepId")
    @APIResponse(
            responseCode = "400",
            description = "The error names the field, the parameter or the trial, its value and what it must be")
    @APIResponse(responseCode = "409", description = "The sweepId belongs to another request")
    @APIResponse(
            responseCode = "503",
            description = "The broker or the store hasn't acknowledged it; it may yet take effect")
    public Response sweep(byte[] body) throws InterruptedException {
        SweepRequested request = JobRequests.read(EventType.SWEEP_REQUESTED, body);
        SweepPlan plan = SweepPlan.checked(request, request.getSweepId());
        requests.ask(sweeps.jobs(), EventType.SWEEP_REQUESTED, request);
        return Response.accepted(Map.of(
                        "sweepId", plan.sweepId(),
                        "trials", plan.trials().size(),
                        "links", SweepView.Links.of(plan.sweepId())))
                .build();
    }

    @POST
    @RolesAllowed(Role.Names.OPERATOR)
    @Path("{id}/cancel")
    @Operation(
            summary = "Ask for a sweep's end, and that of its runs",
            description = "The body may give a reason: {\"reason\": \"..\"}.")
    @APIResponse(responseCode = "202", description = "The request is on its topic")
    @APIResponse(responseCode = "404", description = "No sweep has this id")
    @APIResponse(responseCode = "409", description = "The sweep has ended, or can't be read")
    @APIResponse(responseCode = "503", description = "The broker hasn't acknowledged it; it may yet take effect")
    public Response cancel(@RestPath String id, byte[] body) throws InterruptedException {
        Name name = name(id);
        JobConflicts.requireOpen("sweep", sweep(name));
        requests.cancel(EventType.SWEEP_CANCEL_REQUESTED, name, body);
        return Response.accepted(Map.of("sweepId", id, "links", SweepView.Links.of(id)))
                .build();
    }

    private Listed sweep(Name name) {
        return sweeps.jobs()
                .directory()
                .find(name)
                .orElseThrow(() -> new NotFoundException("no sweep is named " + name));
    }

    private static Name name(String id) {
        if (!Name.isValid(id)) {
            throw new BadRequestException("a sweep's id must match " + Name.PATTERN);
        }
        return new Name(id);
    }
}
