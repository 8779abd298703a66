package io.catwalk.console.page;

import static io.catwalk.console.service.Service.EVALUATION;
import static io.catwalk.console.service.Service.TRAINING;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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

/** Runs: all of them, one, and some side by side. */
@Path("/runs")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Role.Names.VIEWER)
@RunOnVirtualThread
public class RunsPage {
    private static final int ON_A_PAGE = 100;
    private static final int MOST_COMPARED = 8;

    private final Template runs;
    private final Template run;
    private final Template compare;
    private final ServiceCalls services;

    RunsPage(Template runs, Template run, Template compare, ServiceCalls services) {
        this.runs = runs;
        this.run = run;
        this.compare = compare;
        this.services = services;
    }

    @GET
    @Operation(
            summary = "The runs' page",
            description = "text and state leave out those of the page that don't have them.")
    public TemplateInstance all(
            @QueryParam("after") Optional<String> after,
            @QueryParam("text") Optional<String> text,
            @QueryParam("state") Optional<String> state) {
        String path = "/runs?limit=" + ON_A_PAGE + Paths.after(after);
        var found = services.get(TRAINING, path);
        var sweeps = services.get(TRAINING, "/sweeps?limit=20");
        return runs.data("runs", found.join())
                .data("sweeps", sweeps.join())
                .data("filter", new RunFilter(text.orElse(""), state.orElse("")))
                .data("after", after.orElse(""));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "A run's page")
    public Response one(@RestPath String id) {
        return page(id, Optional.empty());
    }

    private Response page(String id, Optional<String> error) {
        String name = Paths.segment(id);
        var found = services.get(TRAINING, "/runs/" + name);
        var journal = services.get(TRAINING, "/runs/" + name + "/journal");
        var evaluation = services.get(EVALUATION, "/evaluations/" + name);
        Part shown = found.join();
        return Pages.of(
                shown,
                run.data("id", id)
                        .data("run", shown)
                        .data("journal", journal.join())
                        .data("evaluation", evaluation.join())
                        .data("error", error.orElse(null)));
    }

    @POST
    @Path("{id}/cancel")
    @RolesAllowed(Role.Names.OPERATOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "Asks training for a run's end")
    public Response cancel(@RestPath String id, @FormParam("reason") Optional<String> reason) {
        var body = JsonNodeFactory.instance.objectNode();
        reason.map(String::strip).filter(given -> !given.isEmpty()).ifPresent(given -> body.put("reason", given));
        Part answer = services.post(TRAINING, "/runs/" + Paths.segment(id) + "/cancel", body.toString())
                .join();
        return answer.isKnown()
                ? Response.seeOther(URI.create("/runs/" + Paths.segment(id))).build()
                : page(id, answer.error());
    }

    @GET
    @Path("compare")
    @Operation(summary = "Two to eight runs' page", description = "runs names one, and is given for each.")
    public TemplateInstance compare(@QueryParam("runs") List<String> ids) {
        List<String> chosen = ids.stream()
                .flatMap(given -> List.of(given.split(",")).stream())
                .filter(id -> !id.isBlank())
                .distinct()
                .limit(MOST_COMPARED)
                .toList();
        Map<String, CompletableFuture<Part>> asked = new LinkedHashMap<>();
        chosen.forEach(id -> asked.put(id, services.get(TRAINING, "/runs/" + Paths.segment(id))));
        Map<String, Part> found = new LinkedHashMap<>();
        asked.forEach((id, part) -> found.put(id, part.join()));
        return compare.data("found", found).data("most", MOST_COMPARED).data("ids", String.join(",", chosen));
    }
}
