package io.catwalk.serving.protocol.v2;

import java.util.List;

import io.catwalk.access.Caller;
import io.catwalk.access.Role;
import io.catwalk.chassis.access.CurrentCaller;
import io.catwalk.serving.loading.ServedModels;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The index of Triton's model_repository extension; what is loaded is decided by labels and settings, never over HTTP. */
@Path("/v2/repository")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Open Inference v2")
@RolesAllowed({Role.Names.VIEWER, Role.Names.PREDICTOR})
public class RepositoryResource {
    private final ServedModels models;
    private final CurrentCaller current;

    public RepositoryResource(ServedModels models, CurrentCaller current) {
        this.models = models;
        this.current = current;
    }

    @POST
    @Path("/index")
    @Operation(summary = "The loaded versions of all models that the caller may see")
    public List<IndexEntry> index() {
        Caller caller = current.caller();
        return models.names().stream()
                .filter(caller::maySee)
                .flatMap(model -> models.versions(model).stream()
                        .map(version -> new IndexEntry(model, Long.toString(version), "READY", "")))
                .toList();
    }

    public record IndexEntry(String name, String version, String state, String reason) {}
}
