package io.catwalk.console.page;

import static io.catwalk.console.service.Service.EVALUATION;

import java.util.Optional;

import io.catwalk.access.Role;
import io.catwalk.console.service.Part;
import io.catwalk.console.service.ServiceCalls;
import io.quarkus.qute.Template;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/** What a version gets wrong, picture by picture. */
@Path("/models/{model}/versions/{version}/errors")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Role.Names.VIEWER)
@RunOnVirtualThread
public class ErrorsPage {
    private static final String ON_A_PAGE = "?limit=60";

    private final Template errors;
    private final ServiceCalls services;

    ErrorsPage(Template errors, ServiceCalls services) {
        this.errors = errors;
        this.services = services;
    }

    /**
     * What a page shows of a version's errors.
     *
     * @param view {@code mistakes}, {@code suspects} or {@code changes}
     * @param label true class of a confusion cell; empty for all
     * @param predicted predicted class; empty for all
     * @param change {@code newly-right} or {@code newly-wrong}; empty for both
     */
    public record Chosen(String view, String label, String predicted, String change) {}

    @GET
    @Operation(
            summary = "A version's errors' page",
            description = "view is mistakes, suspects or changes; label and predicted name a confusion cell.")
    public Response page(
            @RestPath("model") String name,
            @RestPath("version") String number,
            @QueryParam("view") Optional<String> view,
            @QueryParam("label") Optional<String> label,
            @QueryParam("predicted") Optional<String> predicted,
            @QueryParam("change") Optional<String> change,
            @QueryParam("after") Optional<String> after) {
        Part manifest = services.get(EVALUATION, Paths.version(name, number)).join();
        Chosen chosen = new Chosen(view.orElse("mistakes"), label.orElse(""), predicted.orElse(""), change.orElse(""));
        String evaluation =
                "/evaluations/" + Paths.segment(manifest.body().path("runId").asText());
        var report = services.get(EVALUATION, evaluation + "/report.json");
        var samples = services.get(EVALUATION, evaluation + path(chosen) + Paths.after(after));
        return Pages.of(
                manifest,
                errors.data("name", name)
                        .data("number", number)
                        .data("manifest", manifest)
                        .data("report", report.join())
                        .data("samples", samples.join())
                        .data("chosen", chosen));
    }

    private static String path(Chosen chosen) {
        boolean cell = !chosen.label().isEmpty() && !chosen.predicted().isEmpty();
        return switch (chosen.view()) {
            case "suspects" -> "/suspects" + ON_A_PAGE;
            case "changes" -> "/changes" + ON_A_PAGE + Paths.field("change", Optional.of(chosen.change()));
            default ->
                "/samples" + ON_A_PAGE + (cell ? "" : "&outcome=wrong&order=confidence")
                        + Paths.field("label", Optional.of(chosen.label()))
                        + Paths.field("predicted", Optional.of(chosen.predicted()));
        };
    }
}
