package io.catwalk.console.page;

import static io.catwalk.console.service.Service.INGESTION;
import static io.catwalk.console.service.Service.TRAINING;

import java.net.URI;
import java.util.Optional;

import io.catwalk.access.Role;
import io.catwalk.console.service.Part;
import io.catwalk.console.service.ServiceCalls;
import io.quarkus.qute.Template;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The form for a run. */
@Path("/runs/new")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Role.Names.VIEWER)
@RunOnVirtualThread
public class NewRunPage {
    private final Template newRun;
    private final ServiceCalls services;

    NewRunPage(Template newRun, ServiceCalls services) {
        this.newRun = newRun;
        this.services = services;
    }

    @GET
    @Operation(
            summary = "The form for a run, with the layers of what it has now",
            description = "like names a run whose request it begins with, resume the run that it goes on from.")
    public Response form(
            @QueryParam("like") Optional<String> like,
            @QueryParam("resume") Optional<String> resumed,
            @Context UriInfo address) {
        RunForm given = RunForm.of(address.getQueryParameters());
        if (like.isEmpty()) {
            return page(given, Optional.empty());
        }
        Part run = services.get(TRAINING, "/runs/" + Paths.segment(like.get())).join();
        return run.isKnown()
                ? page(RunForm.of(run.body().path("request"), resumed), Optional.empty())
                : page(given, run.error());
    }

    @POST
    @RolesAllowed(Role.Names.OPERATOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "Asks training for a run")
    public Response train(MultivaluedMap<String, String> fields) {
        RunForm form = RunForm.of(fields);
        try {
            Part answer =
                    services.post(TRAINING, "/runs", form.json().toString()).join();
            return answer.isKnown()
                    ? Response.seeOther(URI.create(
                                    "/runs/" + answer.body().path("runId").asText()))
                            .build()
                    : page(form, answer.error());
        } catch (RunForm.NoRequestException e) {
            return page(form, Optional.of(e.getMessage()));
        }
    }

    private Response page(RunForm form, Optional<String> error) {
        var datasets = services.get(INGESTION, "/datasets?limit=1000");
        var networks = services.get(TRAINING, "/networks");
        var dataset = form.datasetName().map(name -> services.get(INGESTION, "/datasets/" + Paths.segment(name)));
        NetworkTable layers = NetworkTable.of(form, dataset.map(asked -> asked.join()), services);
        return Pages.form(
                error,
                newRun.data("form", form)
                        .data("datasets", datasets.join())
                        .data("networks", networks.join())
                        .data("layers", layers));
    }
}
