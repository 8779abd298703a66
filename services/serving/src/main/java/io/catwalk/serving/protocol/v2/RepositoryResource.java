package io.catwalk.serving.protocol.v2;

import java.util.List;

import io.catwalk.serving.loading.ServedModels;
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
public class RepositoryResource {
    private final ServedModels models;

    public RepositoryResource(ServedModels models) {
        this.models = models;
    }

    @POST
    @Path("/index")
    @Operation(summary = "The loaded versions of all models")
    public List<IndexEntry> index() {
        return models.names().stream()
                .flatMap(model -> models.versions(model).stream()
                        .map(version -> new IndexEntry(model, Long.toString(version), "READY", "")))
                .toList();
    }

    public record IndexEntry(String name, String version, String state, String reason) {}
}
