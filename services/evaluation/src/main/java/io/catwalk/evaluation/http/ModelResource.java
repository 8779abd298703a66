package io.catwalk.evaluation.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.catwalk.access.Role;
import io.catwalk.chassis.jobs.PageRequest;
import io.catwalk.chassis.reading.Reading;
import io.catwalk.evaluation.registry.LabelDecision;
import io.catwalk.evaluation.registry.LabelDecision.Target;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.evaluation.registry.Registry.StoredVersion;
import io.catwalk.journal.decision.DecisionEntry;
import io.catwalk.objectstore.Name;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
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

/** The registry: models, their versions and labels. */
@Path("/models")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Names.VIEWER)
public class ModelResource {
    private final Registry registry;
    private final PromotionSender promotions;

    @Inject
    ModelResource(Registry registry, PromotionSender promotions) {
        this.registry = registry;
        this.promotions = promotions;
    }

    /**
     * @param stable where its label {@code stable} points
     * @param unreadable why that can't be read
     */
    public record Summary(String model, Optional<Target> stable, Optional<String> unreadable) {}

    @GET
    @Operation(
            summary = "Every model of which anything was decided, by name, and its stable version",
            description = PageRequest.DESCRIPTION)
    @APIResponse(responseCode = "400", description = "The limit isn't 1 to 1000, or after is no name")
    public RestResponse<List<Summary>> models(
            @QueryParam("limit") Optional<String> limit, @QueryParam("after") Optional<String> after) {
        return PageRequest.of(limit, after)
                .of(
                        "/models",
                        registry.models(),
                        model -> Optional.of(Reading.of(() -> summary(model))
                                .orElse(reason -> new Summary(model.value(), Optional.empty(), Optional.of(reason)))));
    }

    private Summary summary(Name model) {
        List<DecisionEntry> history =
                registry.labelJournal(model, Registry.STABLE).entries();
        return new Summary(model.value(), LabelDecision.target(history), Optional.empty());
    }

    @GET
    @Path("/{model}")
    @Operation(summary = "A model's versions, and its labels with all that was decided of them")
    @APIResponse(responseCode = "404", description = "No such model")
    public ModelAnswer model(@PathParam("model") String model) {
        Name name = name(model);
        ModelAnswer answer = new ModelAnswer(
                model,
                registry.versions(name),
                registry.labels(name).stream().map(label -> label(name, label)).toList());
        if (answer.versions().isEmpty() && answer.labels().isEmpty()) {
            throw new NotFoundException("no model has that name");
        }
        return answer;
    }

    private ModelAnswer.Label label(Name model, Name label) {
        return Reading.of(() -> ModelAnswer.Label.of(
                        label.value(), registry.labelJournal(model, label).entries()))
                .orElse(reason -> ModelAnswer.Label.unreadable(label.value(), reason));
    }

    @GET
    @Path("/{model}/versions/{version}")
    @Operation(summary = "A version's manifest; the tag is its digest")
    @APIResponse(responseCode = "404", description = "No such version")
    public Response version(@PathParam("model") String model, @PathParam("version") long version) {
        Name name = name(model);
        StoredVersion stored = registry.stored(name, version)
                .orElseThrow(() -> new NotFoundException("model " + name + " has no version " + version));
        return Response.ok(stored.manifest()).tag(stored.digest().toString()).build();
    }

    @POST
    @RolesAllowed(Role.Names.OPERATOR)
    @Path("/{model}/labels/{label}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Ask for a label to be moved to a published version, as for a rollback, or for a rollout",
            description =
                    "Sends promotion-requested. The body is {\"version\": 1}, with a promotionId to ask once. With"
                            + " a weight the label canary is a rollout, and so is the label shadow.")
    @APIResponse(responseCode = "202", description = "Asked; the label's history will show it, and the link a rollout")
    @APIResponse(responseCode = "400", description = "The label can't have that weight")
    @APIResponse(responseCode = "404", description = "No such version")
    @APIResponse(
            responseCode = "409",
            description = "The version was never published, or a rollout of the model hasn't ended")
    @APIResponse(responseCode = "422", description = "There is no other stable version to compare a rollout's with")
    public Response move(@PathParam("model") String model, @PathParam("label") String label, byte[] body)
            throws InterruptedException {
        Name name = name(model);
        if (!Name.isValid(label)) {
            throw new BadRequestException("a label must match " + Name.PATTERN);
        }
        PromotionSender.Sent sent = promotions.send(name, new Name(label), body);
        return Response.accepted(
                        sent.rollout()
                                ? Map.of(
                                        "promotionId",
                                        sent.promotionId(),
                                        "links",
                                        RolloutAnswer.Links.of(sent.promotionId()))
                                : Map.of("promotionId", sent.promotionId()))
                .build();
    }

    private static Name name(String model) {
        if (!Name.isValid(model)) {
            throw new NotFoundException("no model has that name");
        }
        return new Name(model);
    }
}
