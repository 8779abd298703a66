package io.catwalk.console.page;

import static io.catwalk.console.service.Service.TRAINING;

import java.net.URI;
import java.util.Optional;

import io.catwalk.access.Role;
import io.catwalk.console.service.Part;
import io.catwalk.console.service.ServiceCalls;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/** Sweeps. */
@Path("/sweeps")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Role.Names.VIEWER)
@RunOnVirtualThread
public class SweepsPage {
    private static final int ON_A_PAGE = 100;

    private final Template sweeps;
    private final Template sweep;
    private final ServiceCalls services;

    SweepsPage(Template sweeps, Template sweep, ServiceCalls services) {
        this.sweeps = sweeps;
        this.sweep = sweep;
        this.services = services;
    }

    @GET
    @Operation(summary = "The sweeps' page")
    public TemplateInstance all(@QueryParam("after") Optional<String> after) {
        return sweeps.data(
                "sweeps",
                services.get(TRAINING, "/sweeps?limit=" + ON_A_PAGE + Paths.after(after))
                        .join());
    }

    @GET
    @Path("{id}")
    @Operation(summary = "A sweep's page")
    public Response one(@RestPath String id) {
        return page(id, Optional.empty());
    }

    @POST
    @Path("{id}/cancel")
    @RolesAllowed(Role.Names.OPERATOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "Asks training for a sweep's end")
    public Response cancel(@RestPath String id) {
        String address = "/sweeps/" + Paths.segment(id);
        Part answer = services.post(TRAINING, address + "/cancel", "{}").join();
        return answer.isKnown() ? Response.seeOther(URI.create(address)).build() : page(id, answer.error());
    }

    private Response page(String id, Optional<String> error) {
        Part found = services.get(TRAINING, "/sweeps/" + Paths.segment(id)).join();
        return Pages.of(found, sweep.data("id", id).data("sweep", found).data("error", error.orElse(null)));
    }
}
