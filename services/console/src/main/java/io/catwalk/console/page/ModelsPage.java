package io.catwalk.console.page;

import static io.catwalk.console.service.Service.EVALUATION;
import static io.catwalk.console.service.Service.SERVING;

import java.net.URI;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catwalk.access.Role;
import io.catwalk.console.service.Part;
import io.catwalk.console.service.ServiceCalls;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/** Models: their versions, their labels and how these came there, and the forms that move a label. */
@Path("/models")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Role.Names.VIEWER)
@RunOnVirtualThread
public class ModelsPage {
    private static final String STABLE = "stable";

    private final Template models;
    private final Template model;
    private final Template version;
    private final Template promote;
    private final ServiceCalls services;

    ModelsPage(Template models, Template model, Template version, Template promote, ServiceCalls services) {
        this.models = models;
        this.model = model;
        this.version = version;
        this.promote = promote;
        this.services = services;
    }

    @GET
    @Operation(summary = "The models' page")
    public TemplateInstance all(@QueryParam("after") Optional<String> after) {
        return models.data(
                "models",
                services.get(EVALUATION, "/models?limit=100" + Paths.after(after))
                        .join());
    }

    @GET
    @Path("{model}")
    @Operation(summary = "A model's page")
    public Response one(@RestPath("model") String name) {
        String segment = Paths.segment(name);
        var found = services.get(EVALUATION, "/models/" + segment);
        var served = services.get(SERVING, "/v1/models/" + segment);
        var history = services.get(SERVING, "/v1/models/" + segment + "/history");
        var rollouts = services.get(EVALUATION, "/rollouts?limit=50");
        return Pages.of(
                found.join(),
                model.data("name", name)
                        .data("model", found.join())
                        .data("served", served.join())
                        .data("history", history.join())
                        .data("rollouts", rollouts.join()));
    }

    @GET
    @Path("{model}/versions/{version}")
    @Operation(summary = "A version's page")
    public Response version(@RestPath("model") String name, @RestPath("version") String number) {
        var found = services.get(EVALUATION, "/models/" + Paths.segment(name));
        Part manifest = services.get(EVALUATION, Paths.version(name, number)).join();
        String run = Paths.segment(manifest.body().path("runId").asText());
        Part evaluation = services.get(EVALUATION, "/evaluations/" + run).join();
        return Pages.of(
                manifest,
                version.data("name", name)
                        .data("number", number)
                        .data("model", found.join())
                        .data("manifest", manifest)
                        .data("evaluation", evaluation));
    }

    @GET
    @Path("{model}/labels/{label}")
    @Operation(summary = "The form that moves a label, with what that changes")
    public Response form(
            @RestPath("model") String name,
            @RestPath String label,
            @QueryParam("version") Optional<String> target,
            @QueryParam("weight") Optional<String> weight) {
        return form(new Move(name, label, target.orElse(""), weight.orElse("")), Optional.empty());
    }

    @POST
    @Path("{model}/labels/{label}")
    @RolesAllowed(Role.Names.OPERATOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "Asks evaluation to move a label, or for a rollout")
    public Response move(
            @RestPath("model") String name,
            @RestPath String label,
            @FormParam("version") Optional<String> target,
            @FormParam("weight") Optional<String> weight) {
        Move move = new Move(name, label, target.orElse(""), weight.orElse(""));
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("version", move.version());
        if (!move.weight().isEmpty()) {
            body.put("weight", move.weight());
        }
        Part answer = services.post(
                        EVALUATION,
                        "/models/" + Paths.segment(name) + "/labels/" + Paths.segment(label),
                        body.toString())
                .join();
        return answer.isKnown()
                ? Response.seeOther(URI.create("/models/" + Paths.segment(name) + "?asked="
                                + Paths.segment(
                                        answer.body().path("promotionId").asText())))
                        .build()
                : form(move, answer.error());
    }

    /**
     * A label's move to a version.
     *
     * @param weight of a rollout; empty for none
     */
    public record Move(String model, String label, String version, String weight) {
        public boolean isStable() {
            return label.equals(STABLE);
        }
    }

    private Response form(Move move, Optional<String> error) {
        var found = services.get(EVALUATION, "/models/" + Paths.segment(move.model()));
        var target = services.get(EVALUATION, Paths.version(move.model(), move.version()));
        return Pages.of(
                found.join(),
                promote.data("move", move)
                        .data("model", found.join())
                        .data("target", target.join())
                        .data("error", error.orElse(null)));
    }

    @POST
    @Path("{model}/rollouts/{id}/cancel")
    @RolesAllowed(Role.Names.OPERATOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "Asks evaluation for a rollout's end")
    public Response cancel(@RestPath("model") String name, @RestPath String id) {
        Part answer = services.post(EVALUATION, "/rollouts/" + Paths.segment(id) + "/cancel", "{}")
                .join();
        return Response.seeOther(URI.create("/models/" + Paths.segment(name)
                        + answer.error()
                                .map(error -> "?error=" + Paths.segment(error))
                                .orElse("")))
                .build();
    }
}
