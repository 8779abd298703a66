package io.catwalk.serving.protocol.v2;

import java.util.List;

import io.catwalk.access.Role;
import io.catwalk.serving.loading.StableReadiness;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The server's own routes of the Open Inference Protocol. */
@Path("/v2")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Open Inference v2")
@RolesAllowed({Role.Names.VIEWER, Role.Names.PREDICTOR})
public class ServerResource {
    static final String NAME = "catwalk";
    static final List<String> EXTENSIONS =
            List.of("binary_tensor_data", "classification", "model_configuration", "model_repository", "statistics");

    private final StableReadiness readiness;
    private final String version;

    public ServerResource(
            StableReadiness readiness, @ConfigProperty(name = "quarkus.application.version") String version) {
        this.readiness = readiness;
        this.version = version;
    }

    @GET
    @Operation(summary = "The server's name, version and protocol extensions")
    public ServerMetadata metadata() {
        return new ServerMetadata(NAME, version, EXTENSIONS);
    }

    @GET
    @Path("/health/live")
    @PermitAll
    @Operation(summary = "200 while the process answers")
    public Response live() {
        return Response.ok(new Liveness(true)).build();
    }

    @GET
    @Path("/health/ready")
    @PermitAll
    @Operation(summary = "200 when every model that has a stable version serves one, else 503")
    public Response ready() {
        boolean ready = readiness.ready();
        return Response.status(ready ? Response.Status.OK : Response.Status.SERVICE_UNAVAILABLE)
                .entity(new Readiness(ready))
                .build();
    }

    public record Liveness(boolean live) {}

    public record Readiness(boolean ready) {}

    public record ServerMetadata(String name, String version, List<String> extensions) {
        public ServerMetadata {
            extensions = List.copyOf(extensions);
        }
    }
}
