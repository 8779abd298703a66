package io.catwalk.console.page;

import static io.catwalk.console.service.Service.EVALUATION;
import static io.catwalk.console.service.Service.SERVING;

import java.net.http.HttpRequest.BodyPublishers;

import io.catwalk.access.Role;
import io.catwalk.chassis.http.ErrorAnswer;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/** A model tried by hand: a picture, and what two versions make of it. */
@Path("/try")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class TryPage {
    private final Template tryModel;
    private final Template tryModels;
    private final ServiceCalls services;

    TryPage(Template tryModel, Template tryModels, ServiceCalls services) {
        this.tryModel = tryModel;
        this.tryModels = tryModels;
        this.services = services;
    }

    @GET
    @RolesAllowed({Role.Names.VIEWER, Role.Names.PREDICTOR})
    @Operation(summary = "The page of models that can be tried")
    public TemplateInstance all() {
        return tryModels.data("models", services.get(SERVING, "/v1/models").join());
    }

    @GET
    @Path("{model}")
    @RolesAllowed({Role.Names.VIEWER, Role.Names.PREDICTOR})
    @Operation(summary = "The page to try a model")
    public Response one(@RestPath("model") String name) {
        String segment = Paths.segment(name);
        var status = services.get(SERVING, "/v1/models/" + segment);
        var metadata = services.get(SERVING, "/v2/models/" + segment);
        String stable = status.join().body().path("labels").path("stable").asText("0");
        Part manifest = services.get(EVALUATION, Paths.version(name, stable)).join();
        return Pages.of(
                status.join(),
                tryModel.data("name", name)
                        .data("status", status.join())
                        .data("metadata", metadata.join())
                        .data("manifest", manifest));
    }

    @POST
    @Path("{model}/versions/{version}")
    @RolesAllowed(Role.Names.PREDICTOR)
    @Consumes({"image/png", "image/jpeg", "image/webp", "image/bmp"})
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Has a version classify a picture; the answer is serving's own")
    public Response classify(
            @RestPath String model, @RestPath String version, @Context HttpHeaders headers, byte[] picture) {
        String path = "/v1/models/" + Paths.segment(model) + "/versions/" + Paths.segment(version) + ":classify-image";
        return answer(
                services.post(SERVING, path, headers.getMediaType().toString(), BodyPublishers.ofByteArray(picture))
                        .join());
    }

    private static Response answer(Part part) {
        int away = Response.Status.SERVICE_UNAVAILABLE.getStatusCode();
        return part.isKnown()
                ? Response.ok(part.body()).build()
                : Response.status(part.status() == 0 ? away : part.status())
                        .entity(new ErrorAnswer(part.error().orElse("")))
                        .build();
    }
}
