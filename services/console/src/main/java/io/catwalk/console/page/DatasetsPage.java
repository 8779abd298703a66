package io.catwalk.console.page;

import static io.catwalk.console.service.Service.INGESTION;

import java.util.Optional;

import io.catwalk.access.Role;
import io.catwalk.console.service.ServiceCalls;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
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

/** Datasets: all of them, and what is in one. */
@Path("/datasets")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Role.Names.VIEWER)
@RunOnVirtualThread
public class DatasetsPage {
    private static final int PICTURES = 60;

    private final Template datasets;
    private final Template dataset;
    private final ServiceCalls services;

    DatasetsPage(Template datasets, Template dataset, ServiceCalls services) {
        this.datasets = datasets;
        this.dataset = dataset;
        this.services = services;
    }

    @GET
    @Operation(summary = "The datasets' page")
    public TemplateInstance all(@QueryParam("after") Optional<String> after) {
        var found = services.get(INGESTION, "/datasets?limit=100" + Paths.after(after));
        var ingestions = services.get(INGESTION, "/ingestions?limit=20");
        return datasets.data("datasets", found.join()).data("ingestions", ingestions.join());
    }

    @GET
    @Path("{name}")
    @Operation(summary = "A dataset's page", description = "split, label and after choose the pictures that it shows.")
    public Response one(
            @RestPath String name,
            @QueryParam("split") Optional<String> split,
            @QueryParam("label") Optional<String> label,
            @QueryParam("after") Optional<String> after) {
        String path = "/datasets/" + Paths.segment(name);
        String shown = split.filter(given -> !given.isEmpty()).orElse("test");
        var found = services.get(INGESTION, path);
        var report = services.get(INGESTION, path + "/report");
        var pictures = services.get(
                INGESTION,
                path + "/images/" + Paths.segment(shown) + "?limit=" + PICTURES + Paths.field("label", label)
                        + Paths.after(after));
        return Pages.of(
                found.join(),
                dataset.data("name", name)
                        .data("dataset", found.join())
                        .data("report", report.join())
                        .data("pictures", pictures.join())
                        .data("split", shown)
                        .data("label", label.orElse("")));
    }
}
