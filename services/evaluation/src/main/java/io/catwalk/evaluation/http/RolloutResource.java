package io.catwalk.evaluation.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.catwalk.access.Role;
import io.catwalk.chassis.jobs.JobConflicts;
import io.catwalk.chassis.jobs.JobDirectory.Listed;
import io.catwalk.chassis.jobs.JobRequests;
import io.catwalk.chassis.jobs.PageRequest;
import io.catwalk.chassis.reading.Reading;
import io.catwalk.evaluation.rollout.Rollouts;
import io.catwalk.events.EventType;
import io.catwalk.objectstore.Name;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
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

/** Rollouts, by the ids of the promotions that asked for them. */
@Path("/rollouts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Names.VIEWER)
public class RolloutResource {
    private final Rollouts rollouts;
    private final JobRequests requests;

    @Inject
    RolloutResource(Rollouts rollouts, JobRequests requests) {
        this.rollouts = rollouts;
        this.requests = requests;
    }

    @GET
    @Operation(summary = "Rollouts, the newest first", description = PageRequest.DESCRIPTION)
    @APIResponse(responseCode = "400", description = "The limit isn't 1 to 1000, or after isn't a page's")
    public RestResponse<List<RolloutAnswer>> all(
            @QueryParam("limit") Optional<String> limit, @QueryParam("after") Optional<String> after) {
        return PageRequest.of(limit, after).of("/rollouts", rollouts.jobs().directory(), this::answer);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "A rollout's weight, what is known of its version by each metric, and why it was decided so")
    @APIResponse(responseCode = "404", description = "No such rollout was accepted (yet)")
    public RolloutAnswer rollout(@PathParam("id") String id) {
        Listed listed = find(name(id));
        return Reading.of(() -> answer(listed)).orElse(reason -> RolloutAnswer.unreadable(listed, reason));
    }

    @POST
    @RolesAllowed(Role.Names.OPERATOR)
    @Path("{id}/cancel")
    @Operation(
            summary = "Ask for a rollout's end: stable serves all requests then",
            description = "The body may give a reason: {\"reason\": \"..\"}.")
    @APIResponse(responseCode = "202", description = "The request is on its topic")
    @APIResponse(responseCode = "404", description = "No such rollout was accepted (yet)")
    @APIResponse(responseCode = "409", description = "The rollout has ended, or can't be read")
    @APIResponse(responseCode = "503", description = "The broker hasn't acknowledged it; it may yet take effect")
    public Response cancel(@PathParam("id") String id, byte[] body) throws InterruptedException {
        Name name = name(id);
        JobConflicts.requireOpen("rollout", find(name));
        requests.cancel(EventType.ROLLOUT_CANCEL_REQUESTED, name, body);
        return Response.accepted(Map.of("rolloutId", id, "links", RolloutAnswer.Links.of(id)))
                .build();
    }

    private RolloutAnswer answer(Listed listed) {
        return listed.job().isPresent()
                ? RolloutAnswer.of(listed, listed.job().flatMap(rollouts.jobs()::progress))
                : RolloutAnswer.unreadable(listed, listed.reason());
    }

    private Listed find(Name id) {
        return rollouts.jobs().directory().find(id).orElseThrow(() -> new NotFoundException("no rollout has that id"));
    }

    private static Name name(String id) {
        if (!Name.isValid(id)) {
            throw new BadRequestException("a rollout's id must match " + Name.PATTERN);
        }
        return new Name(id);
    }
}
