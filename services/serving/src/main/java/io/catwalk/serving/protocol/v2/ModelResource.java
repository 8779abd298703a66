package io.catwalk.serving.protocol.v2;

import static io.catwalk.serving.protocol.http.ModelPath.MODEL;
import static io.catwalk.serving.protocol.http.ModelPath.VERSION;

import java.util.List;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.catwalk.access.Role;
import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.loading.LoadedModel;
import io.catwalk.serving.loading.ModelReference;
import io.catwalk.serving.loading.ServedModels;
import io.catwalk.serving.protocol.http.ModelPath;
import io.catwalk.serving.queue.QueueConfig;
import io.catwalk.serving.refusal.RefusedException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The model routes of the Open Inference Protocol. */
@Path("/v2/models")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Open Inference v2")
@RolesAllowed({Role.Names.VIEWER, Role.Names.PREDICTOR})
public class ModelResource {
    private static final long VARIABLE = -1;

    private final ServedModels models;
    private final QueueConfig queue;

    public ModelResource(ServedModels models, QueueConfig queue) {
        this.models = models;
        this.queue = queue;
    }

    @GET
    @Path("/" + MODEL)
    @Operation(summary = "The tensors of the version under the label stable")
    public ModelMetadata metadata(@PathParam("model") String model) {
        return with(new ModelReference.Stable(model), this::describe);
    }

    @GET
    @Path("/" + MODEL + "/versions/" + VERSION)
    @Operation(summary = "The tensors of a loaded version")
    public ModelMetadata versionMetadata(@PathParam("model") String model, @PathParam("version") String version) {
        return with(ModelPath.version(model, version), this::describe);
    }

    @GET
    @Path("/" + MODEL + "/config")
    @Operation(summary = "How the version under the label stable is run")
    public ModelConfiguration configuration(@PathParam("model") String model) {
        return with(new ModelReference.Stable(model), this::configure);
    }

    @GET
    @Path("/" + MODEL + "/versions/" + VERSION + "/config")
    @Operation(summary = "How a loaded version is run")
    public ModelConfiguration versionConfiguration(
            @PathParam("model") String model, @PathParam("version") String version) {
        return with(ModelPath.version(model, version), this::configure);
    }

    @GET
    @Path("/" + MODEL + "/ready")
    @Operation(summary = "200 when a version is served under the label stable, else 404")
    public Response ready(@PathParam("model") String model) {
        return ready(new ModelReference.Stable(model));
    }

    @GET
    @Path("/" + MODEL + "/versions/" + VERSION + "/ready")
    @Operation(summary = "200 when the version is loaded, else 404")
    public Response versionReady(@PathParam("model") String model, @PathParam("version") String version) {
        return ready(ModelPath.version(model, version));
    }

    private Response ready(ModelReference reference) {
        try {
            return with(
                    reference,
                    loaded -> Response.ok(new ModelReadiness(reference.model(), true))
                            .build());
        } catch (RefusedException e) {
            return Response.status(Response.Status.NOT_FOUND)
                    .entity(new ModelReadiness(reference.model(), false))
                    .build();
        }
    }

    private <T> T with(ModelReference reference, Function<LoadedModel, T> use) {
        LoadedModel loaded = models.acquire(reference);
        try {
            return use.apply(loaded);
        } finally {
            loaded.release();
        }
    }

    private ModelMetadata describe(LoadedModel loaded) {
        String model = loaded.version().model().value();
        Signature signature = loaded.engine().signature();
        return new ModelMetadata(
                model,
                models.versions(model).stream().map(String::valueOf).toList(),
                loaded.engine().kind().platform(),
                List.of(input(signature)),
                List.of(new TensorMetadata(signature.output(), "FP32", List.of(VARIABLE, (long) signature.classes()))));
    }

    private ModelConfiguration configure(LoadedModel loaded) {
        Signature signature = loaded.engine().signature();
        return new ModelConfiguration(
                loaded.version().model().value(),
                loaded.engine().kind().platform(),
                queue.maxBatch(),
                List.of(new TensorConfiguration(
                        signature.input(), "TYPE_FP32", input(signature).shape().subList(1, 4))),
                List.of(new TensorConfiguration(signature.output(), "TYPE_FP32", List.of((long) signature.classes()))));
    }

    private static TensorMetadata input(Signature signature) {
        return new TensorMetadata(
                signature.input(),
                "FP32",
                List.of(
                        VARIABLE,
                        (long) signature.image().height(),
                        (long) signature.image().width(),
                        (long) signature.image().channels()));
    }

    public record ModelReadiness(String name, boolean ready) {}

    public record ModelMetadata(
            String name,
            List<String> versions,
            String platform,
            List<TensorMetadata> inputs,
            List<TensorMetadata> outputs) {}

    /** @param shape -1 for a dimension of any size */
    public record TensorMetadata(String name, String datatype, List<Long> shape) {}

    /** The part of Triton's model configuration that applies here. */
    public record ModelConfiguration(
            String name,
            String platform,
            @JsonProperty("max_batch_size") int maxBatchSize,
            List<TensorConfiguration> input,
            List<TensorConfiguration> output) {}

    /** @param dims without the batch */
    public record TensorConfiguration(
            String name, @JsonProperty("data_type") String dataType, List<Long> dims) {}
}
